"""A person's own goals and steps: set, let go, done; and how far they say they are."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.own_goals import check_goal, check_step, check_words
from throughcare.knowledge.verdict import Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.own_goal.goal_threads import is_theirs
from throughcare.pathway.privacy import open_patient
from throughcare.records.own_goals import GoalWord, NextStep, OwnGoal
from throughcare.records.people import Patient

KIND = "own_goal"


@transaction.atomic
def set_goal(patient: UUID, area: str, words: str, *, by: Actor, at: datetime) -> UUID:
    """Keep a goal that a person sets themself; its public id."""
    person, said = _open(patient, by=by, at=at), _clean(words)
    standing = OwnGoal.objects.filter(patient=person, let_go_at__isnull=True, taken_up_at__isnull=True)
    _require(check_goal(area, said, standing=standing.count()), field="own_words")
    made = OwnGoal.objects.create(
        organization_id=person.organization_id, patient=person, area=area, own_words=said, recorded_at=at
    )
    look_for_crisis(person, said, where="a goal of their own", at=at)
    return made.uid


@transaction.atomic
def let_go_of_goal(goal: UUID, *, by: Actor, at: datetime) -> None:
    """Let a goal of one's own go, with its open steps. One that the care plan took up stays there."""
    rows = OwnGoal.objects.select_for_update(of=("self",)).select_related("patient")
    mine = rows.filter(organization_id=by.organization, uid=goal)
    row = mine.filter(let_go_at__isnull=True, taken_up_at__isnull=True).first()
    if row is None:
        raise Absent("goal")
    person = _open(row.patient.uid, by=by, at=at)
    row.let_go_at = at
    row.save(update_fields=["let_go_at"])
    NextStep.objects.filter(patient=person, goal=goal, done_at__isnull=True, let_go_at__isnull=True).update(
        let_go_at=at
    )


@transaction.atomic
def plan_step(
    patient: UUID, goal: UUID, words: str, *, by_date: date | None = None, by: Actor, at: datetime
) -> UUID:
    """Keep what someone does next for a goal of theirs or of their care plan; its public id."""
    person, said = _open(patient, by=by, at=at), _clean(words)
    _require_goal(person, goal)
    standing = NextStep.objects.filter(
        patient=person, goal=goal, done_at__isnull=True, let_go_at__isnull=True
    )
    today = _today(person, at)
    _require(check_step(said, by_date, today=today, standing=standing.count()), field="words")
    made = NextStep.objects.create(
        organization_id=person.organization_id,
        patient=person,
        goal=goal,
        words=said,
        by_date=by_date,
        recorded_at=at,
    )
    look_for_crisis(person, said, where="a next step of their own", at=at)
    return made.uid


@transaction.atomic
def finish_step(step: UUID, *, by: Actor, at: datetime) -> None:
    """The step is done. A second tap changes nothing."""
    row = _step(step, by=by, at=at)
    if row.done_at is None and row.let_go_at is None:
        row.done_at = at
        row.save(update_fields=["done_at"])


@transaction.atomic
def let_go_of_step(step: UUID, *, by: Actor, at: datetime) -> None:
    """The step is dropped. What is done stays done."""
    row = _step(step, by=by, at=at)
    if row.done_at is None and row.let_go_at is None:
        row.let_go_at = at
        row.save(update_fields=["let_go_at"])


@transaction.atomic
def say_of_goal(
    patient: UUID, goal: UUID, how_far: int | None, words: str = "", *, by: Actor, at: datetime
) -> None:
    """Keep how far someone says they are with a goal, 0 to 10, with a few words or none."""
    person, said = _open(patient, by=by, at=at), _clean(words)
    _require_goal(person, goal)
    _require(check_words(how_far, said), field="how_far")
    GoalWord.objects.create(
        organization_id=person.organization_id,
        patient=person,
        goal=goal,
        how_far=how_far or 0,
        words=said,
        local_day=_today(person, at),
        recorded_at=at,
    )
    look_for_crisis(person, said, where="words about a goal", at=at)


def _open(patient: UUID, *, by: Actor, at: datetime) -> Patient:
    return open_patient(patient, kind=KIND, by=by, at=at, verb="change")


def _require_goal(person: Patient, goal: UUID) -> None:
    if not is_theirs(person, goal):
        raise Absent("goal")


def _step(step: UUID, *, by: Actor, at: datetime) -> NextStep:
    rows = NextStep.objects.select_for_update(of=("self",)).select_related("patient")
    row = rows.filter(organization_id=by.organization, uid=step).first()
    if row is None:
        raise Absent("step")
    _open(row.patient.uid, by=by, at=at)
    return row


def _require(verdict: Verdict, *, field: str) -> None:
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, field=field)


def _today(person: Patient, at: datetime) -> date:
    return local_day(at, zone_of(person))


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()
