"""The sentences of `knowledge` that readers see: they are written there in English and translated where they are drawn.

`docs/draw_languages.py` puts them into the catalog. A subject with sentences of its own adds one function to `ALL`.
"""

from collections.abc import Callable, Iterator

from throughcare.faces.web.catalog import of_the_program
from throughcare.faces.web.catalog.from_my_week import of_my_week
from throughcare.faces.web.catalog.from_public_pages import of_public_pages
from throughcare.faces.web.places import PLACES
from throughcare.knowledge import community, mentoring, own_goals, practice
from throughcare.knowledge import milestones as days
from throughcare.knowledge.aftercare import answers
from throughcare.knowledge.curricula.library import curricula_for
from throughcare.knowledge.exercises import exercise, library
from throughcare.knowledge.family_education import FAMILY_SESSIONS
from throughcare.knowledge.family_education import ROWS as LESSONS
from throughcare.knowledge.notifications import ALL as NOTICES
from throughcare.knowledge.notifications import WAYS as TOLD_BY
from throughcare.knowledge.privacy import corrections, own_record
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.pathway.signing_in import door_mail

OWN = frozenset({"patient", "alumnus", "family"})


def titles_of_pages() -> Iterator[str]:
    """The titles in the navigation of those who read their own pages."""
    yield from (title for title, _, roles in PLACES if roles & OWN)


def lessons_for_families() -> Iterator[str]:
    """Everything that stands in the lessons, and what family pages name."""
    for lesson in LESSONS:
        yield from lesson.sentences
    yield from (SESSION_TYPES[code].title for code in FAMILY_SESSIONS)
    for kind in KINDS.values():
        if kind.may_leave:
            yield kind.words
        if kind.plain:
            yield kind.plain


def of_the_community() -> Iterator[str]:
    """Kinds of event, milestones and where they are told, what mentor and mentee agree to."""
    yield from (kind.title for kind in community.EVENT_KINDS.values())
    yield from (community.NO_NAME, community.LONG_NAME, community.WHOLE_NAME, community.NUMBER_NAME)
    yield from (*days.PLACES.values(), days.FINISHED)
    yield from (words for _days, words in (*days.PROGRAM_DAYS, *days.AFTER_DAYS, *days.SOBER_DAYS))
    yield from (*mentoring.SHARES.values(), *mentoring.AGREED)


def of_being_told() -> Iterator[str]:
    """Of what people are told, how, and the messages about signing in."""
    yield from (*TOLD_BY.values(), *(one.plain for one in NOTICES.values()))
    yield from (*door_mail.WORDS.values(), *door_mail.BY_TEXT.values(), *door_mail.SUBJECTS.values())
    yield door_mail.SUBJECT


def of_my_plan() -> Iterator[str]:
    """Exercises, goals of one's own, practice: what they say and what they refuse; the kinds of session of a plan."""
    for one in library.ALL.values():
        yield from (*one.sentences, one.verified)
    yield exercise.LONG_ANSWER
    yield from (*(area.title for area in own_goals.AREAS), *own_goals.REFUSALS, *practice.REFUSALS)
    yield from (kind.title for kind in SESSION_TYPES.values())
    for course in curricula_for("vocational"):
        yield from (words for topic in course.topics for words in (topic.title, topic.aim))


def since_they_left() -> Iterator[str]:
    """What people are asked after discharge, and what a copy of their record and a correction say."""
    for item in (*answers.CHECK_IN_ITEMS, *answers.FOLLOW_UP_ITEMS):
        yield from (item.words, item.low, item.high, *(words for _, words in item.answers))
    yield from answers.STANDINGS.values()
    yield from (*corrections.ANSWERS.values(), *(one.plain for one in corrections.GROUNDS.values()))
    yield from (*own_record.FILES.values(), *own_record.LEFT_OUT.values(), *own_record.NOT_THEIRS.values())
    yield "This is not open to you here. Ask us for it."
    yield "Answer at least one question. One is enough."
    yield "Say what is wrong and what it should say."


ALL: tuple[Callable[[], Iterator[str]], ...] = (
    titles_of_pages,
    lessons_for_families,
    of_the_community,
    of_my_plan,
    of_being_told,
    of_public_pages,
    of_my_week,
    since_they_left,
    *of_the_program.ALL,
)
