"""What was asked, found, planned and written, item by item: assessments, measures, care plans, notes."""

from collections import defaultdict

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.hours import number
from throughcare.knowledge.intake.domains import ROWS as DOMAINS
from throughcare.knowledge.intake.sections import SECTIONS
from throughcare.knowledge.planning.plan_reviews import OUTCOMES
from throughcare.pathway.care_plan.plan_content import GoalLine, read_content
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.intake.domain_ratings import newest_ratings
from throughcare.pathway.intake.intake_answers import sections_said
from throughcare.pathway.measure.measure_view import view_measures
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.whose import Items, Whose, filled, paragraphs
from throughcare.pathway.session.session_rows import clock_words, signature_of
from throughcare.records.assessments import Assessment
from throughcare.records.care_plans import PlanReview
from throughcare.records.episodes import Episode
from throughcare.records.measures import MeasureResponse
from throughcare.records.notes import Addendum, Note


def assessments(whose: Whose) -> Items:
    """Each signed assessment: the six domains with their evidence, and what a clinician wrote down."""
    for row in _assessments(whose):
        if row.signature.signed_at > whose.as_of:
            continue
        ratings, _ = newest_ratings(row)
        lines = [
            f"{one.title}: {ratings[one.code].rating} of 4. {ratings[one.code].evidence}"
            for one in DOMAINS
            if one.code in ratings
        ]
        who = signature_of(row.signature.practitioner, row.signature.credential)
        yield Item(
            "assessment",
            "Assessment",
            local_day(row.signature.signed_at, whose.zone),
            (*lines, *_answers(row, said_by="clinician"), f"Signed by {who}"),
        )


def intakes(whose: Whose) -> Items:
    """What the person told the program themselves before the first visit."""
    for row in _assessments(whose):
        lines = _answers(row, said_by="patient")
        if lines and row.opened_at <= whose.as_of:
            yield Item("intake", "The person's own part", local_day(row.opened_at, whose.zone), lines)


def _assessments(whose: Whose) -> list[Assessment]:
    rows = Assessment.objects.select_related("signature__practitioner", "patient", "referral", "site").filter(
        patient=whose.patient, signature__isnull=False
    )
    return list(rows.order_by("opened_at", "pk"))


def _answers(row: Assessment, *, said_by: str) -> tuple[str, ...]:
    sections = sections_said(row, [section.code for section in SECTIONS])
    return tuple(
        f"{one.question.wording} {one.words}"
        for section in sections.values()
        for one in section.said
        if one.said_by == said_by and one.words
    )


def measures(whose: Whose) -> Items:
    """Each answered questionnaire with its score in words, its band, and the change since the last."""
    rows = (
        MeasureResponse.objects.select_related("patient", "recorded_by", "corrects")
        .filter(patient=whose.patient, retired_at__isnull=True, taken_at__lte=whose.as_of)
        .order_by("-taken_at", "-pk")
    )
    for view in reversed(view_measures(rows)):
        yield Item(
            "measure",
            view.short_title,
            local_day(view.taken_at, whose.zone),
            (view.said, *(f"Critical answer to item {item}" for item, _ in view.critical)),
        )


def care_plans(whose: Whose) -> Items:
    """The plan that was in force at that moment in each episode, and the reviews held until then."""
    episodes = [row.pk for row in Episode.objects.filter(patient=whose.patient).order_by("admitted_at", "pk")]
    for version in versions_in_force(episodes, at=whose.as_of).values():
        content = read_content(version)
        lines: list[str] = []
        for problem in content.problems:
            lines += filled(("Problem", problem.statement), ("Diagnosis", problem.diagnosis_title))
            lines += [line for goal in problem.goals for line in _goal_lines(goal)]
        lines += [
            f"{row.title}: {row.often} a week, {row.line.minutes} minutes" for row in content.prescription
        ]
        signed_at = version.in_force_at or version.started_at
        hours = number(float(version.hours_per_week)) if version.hours_per_week else ""
        title = f"Care plan, version {version.number}" + (f": {hours} hours a week" if hours else "")
        yield Item("care_plan", title, local_day(signed_at, whose.zone), tuple(lines))
    rows = PlanReview.objects.filter(episode__patient=whose.patient, reviewed_at__lte=whose.as_of)
    for review in rows.order_by("reviewed_at", "pk").select_related("practitioner"):
        outcome = OUTCOMES[review.outcome].word if review.outcome in OUTCOMES else review.outcome
        who = signature_of(review.practitioner, review.credential)
        yield Item(
            "care_plan",
            f"Plan review: {outcome.lower()}",
            local_day(review.reviewed_at, whose.zone),
            (*paragraphs(review.text), f"Signed by {who}"),
        )


def _goal_lines(goal: GoalLine) -> tuple[str, ...]:
    return (
        f"Goal: “{goal.own_words}”",
        *(
            line
            for one in goal.objectives
            for line in (
                f"Objective: {one.draft.text}",
                *(
                    f"{step.title}: {step.often} a week. {step.draft.note}".strip()
                    for step in one.interventions
                ),
            )
        ),
    )


def notes(whose: Whose) -> Items:
    """Each signed note whole, with what was added to it. Notes kept apart are no part of these."""
    rows = list(
        Note.objects.select_related("practitioner", "session__site")
        .filter(patient=whose.patient, signed_at__lte=whose.as_of)
        .order_by("local_day", "starts_at", "pk")
    )
    added: dict[int, list[str]] = defaultdict(list)
    addenda = Addendum.objects.select_related("practitioner").filter(
        note__in=rows, signed_at__lte=whose.as_of
    )
    for one in addenda.order_by("signed_at", "pk"):
        added[one.note_id].append(f"Added by {signature_of(one.practitioner, one.credential)}: {one.text}")
    for row in rows:
        times = f"{clock_words(row.session, row.starts_at)} to {clock_words(row.session, row.ends_at)}"
        yield Item(
            "note",
            row.title,
            row.local_day,
            (
                *filled(("", f"{times}, {row.minutes} minutes"), ("Objective", row.objective_text)),
                *paragraphs(row.shared_text),
                *paragraphs(row.text),
                *paragraphs(row.observed_text),
                *paragraphs(row.quoted_text),
                *filled(
                    ("Added by the person", row.added_text),
                    ("Next step", row.next_step),
                    ("Signed by", signature_of(row.practitioner, row.credential)),
                ),
                *added[row.pk],
            ),
        )
