"""The sentences of `knowledge` that people read around their sessions, plans, medications and privacy."""

from collections.abc import Iterator

from throughcare.faces.web.status_words import STATUS_WORDS
from throughcare.knowledge import between_sessions, daily, group_climate
from throughcare.knowledge.drug_tests.interpreting import CLASS_WORDS
from throughcare.knowledge.intake import sections
from throughcare.knowledge.intake.patient_part import PATIENT_PART
from throughcare.knowledge.intake.question import YES_NO
from throughcare.knowledge.medications.adherence import REASONS
from throughcare.knowledge.medications.drug import ROUTES
from throughcare.knowledge.medications.library import ROWS as DRUGS
from throughcare.knowledge.medications.schedules import ROWS as SCHEDULES
from throughcare.knowledge.planning.own_plans import ROWS as PLANS
from throughcare.knowledge.privacy.purposes import ROWS as PURPOSES
from throughcare.knowledge.privacy.recipients import ROWS as RECIPIENTS
from throughcare.knowledge.recording.plain_hours import SENTENCES as OF_HOURS
from throughcare.knowledge.rewards.schemes import ROWS as SCHEMES
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.pathway.privacy.access_log import BY_ITSELF, KEPT_INSIDE, VERBS


def of_the_intake() -> Iterator[str]:
    """The pages of the person's own part, their questions, hints and answers."""
    for section in PATIENT_PART:
        yield from (section.title, section.lead)
        for question in section.questions:
            yield from (question.wording, question.hint, *(words for _, words in question.choices))
    yield from (words for _, words in YES_NO)
    yield from sections.OWN_TITLES.values()
    # What an instrument says itself stays in its licensed English; these leads are ours.
    yield from (stem for stem in sections.STEMS.values() if stem.startswith("These questions are about"))


def between_the_sessions() -> Iterator[str]:
    """Check-in, check-out, homework, the daily check-in, how a session was."""
    items = (*between_sessions.CHECK_IN, between_sessions.CHECK_OUT, *between_sessions.HOMEWORK, *daily.ITEMS)
    for item in items:
        yield from (item.words, item.low, item.high, *(words for _, words in item.answers))
    yield from (*daily.TITLES.values(), *(words for _, words in daily.SUBSTANCES))
    yield from (daily.NOT_WATCHED, between_sessions.NO_EMERGENCY_LINE)
    yield from (tap.words for tap in group_climate.TAPS)
    yield from OF_HOURS


def of_plans() -> Iterator[str]:
    """The safety plan and the relapse-prevention plan."""
    for plan in PLANS:
        yield from (plan.title, plan.title.lower(), plan.about)
        yield from (words for section in plan.sections for words in (section.title, section.hint))


def of_medications() -> Iterator[str]:
    """What a medication is for, how and how often it is taken, why one was missed; what a test found."""
    yield from (drug.why for drug in DRUGS)
    yield from (*ROUTES.values(), *(one.words for one in SCHEDULES), *REASONS.values())
    yield from (words for scheme in SCHEMES for words in (scheme.title, scheme.about))
    yield from CLASS_WORDS.values()


def of_privacy() -> Iterator[str]:
    """Who looked, why, and who may be told."""
    yield from (one.plain for one in (*PURPOSES, *RECIPIENTS))
    yield from (*VERBS.values(), KEPT_INSIDE, BY_ITSELF)
    yield from (*(role.title for role in ROLES.values()), *(one.word for one in STATUS_WORDS.values()))


ALL = (of_the_intake, between_the_sessions, of_plans, of_medications, of_privacy)
