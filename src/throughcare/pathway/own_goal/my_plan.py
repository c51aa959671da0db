"""My plan: the goals of my care plan and my own, what I do next for each, and how it goes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.own_goals import ALL as AREAS
from throughcare.knowledge.own_goals import TOP
from throughcare.knowledge.progress import Standing
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.episode.episodes import open_last_episode
from throughcare.pathway.measure.measure_series import series_of
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.own_goal.own_goals import KIND
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.progress.objective_progress import objectives_of
from throughcare.pathway.progress.progress import attendance_share
from throughcare.records.care_plans import PlanVersion, PrescriptionLine
from throughcare.records.episodes import Episode
from throughcare.records.own_goals import GoalWord, NextStep, OwnGoal
from throughcare.records.people import Patient

MOST_DONE = 5


@dataclass(frozen=True)
class StepLine:
    """One thing I do next, or did."""

    uid: UUID
    words: str
    by_date: date | None
    is_late: bool
    done_at: datetime | None


@dataclass(frozen=True)
class Said:
    """How far I said I was with a goal on a day."""

    on: date
    how_far: int
    words: str


@dataclass(frozen=True)
class Aim:
    """A step of the care plan that can be measured, and where it stands."""

    text: str
    standing: Standing
    by: date | None


@dataclass(frozen=True)
class MyGoal:
    """One goal in my words. `goal` names it in addresses; `area` is the part of life of one that I set myself.

    `at_work`: it is about work or learning.
    """

    goal: UUID
    own_words: str
    area: str
    is_own: bool
    at_work: bool
    aims: tuple[Aim, ...]
    open_steps: tuple[StepLine, ...]
    done_steps: tuple[StepLine, ...]
    said: tuple[Said, ...]
    how_far: str

    @property
    def last(self) -> Said | None:
        """What I said of it last."""
        return self.said[-1] if self.said else None


@dataclass(frozen=True)
class Dose:
    """What we do together each week: hours, days, and the kinds of session."""

    hours: float
    days: int
    sessions: tuple[str, ...]


@dataclass(frozen=True)
class MyPlan:
    """My plan. `is_signed`: there is a care plan in force; `has_ended`: the stay is over, the plan stands as it was."""

    goals: tuple[MyGoal, ...]
    dose: Dose | None
    is_signed: bool
    has_ended: bool


def my_plan(*, by: Actor, at: datetime) -> MyPlan:
    """The actor's own plan. Raises `Absent` for anyone else."""
    patient = own_patient(by=by)
    person = open_patient(patient, kind=KIND, by=by, at=at)
    episode = open_last_episode(patient, kind="care_plan", by=by, at=at)
    told = _told(person, today=local_day(at, zone_of(person)))
    version = versions_in_force([episode.pk], at=at).get(episode.pk) if episode else None
    planned = _planned(episode, told, at=at) if episode and version else ()
    return MyPlan(
        goals=(*planned, *_own(person, told, {one.goal for one in planned})),
        dose=_dose(version) if version else None,
        is_signed=version is not None,
        has_ended=episode is not None and episode.ended_at is not None,
    )


def own_goals_of(person: Patient, *, today: date, plan: Collection[UUID] = ()) -> tuple[MyGoal, ...]:
    """The goals that a person set, but for those that stand in the `plan` (threads). For modules past the desk."""
    return _own(person, _told(person, today=today), plan)


def say_how_far(said: Sequence[int]) -> str:
    """What I said of a goal, oldest first, in one sentence; empty for nothing."""
    if not said:
        return ""
    first, last = said[0], said[-1]
    if last == TOP:
        return _("You say you are there.")
    if last == first:
        return _("You say you are at {last} of 10.").format(last=last)
    if last > first:
        return _("You say you are at {last} of 10, up from {first} at first.").format(last=last, first=first)
    return _("You say you are at {last} of 10, down from {first} at first.").format(last=last, first=first)


@dataclass(frozen=True)
class _Told:
    """Everything the person said of their goals, by goal."""

    steps: Mapping[UUID, Sequence[NextStep]]
    words: Mapping[UUID, Sequence[GoalWord]]
    areas: Mapping[UUID, str]  # of the goals that the plan took up
    today: date


def _told(person: Patient, *, today: date) -> _Told:
    # What was said of a goal goes along when the care plan takes it up.
    taken = list(OwnGoal.objects.filter(patient=person, plan_thread__isnull=False))
    thread = {one.uid: one.plan_thread for one in taken if one.plan_thread}
    steps: dict[UUID, list[NextStep]] = defaultdict(list)
    words: dict[UUID, list[GoalWord]] = defaultdict(list)
    for step in NextStep.objects.filter(patient=person, let_go_at__isnull=True).order_by("recorded_at", "pk"):
        for goal in {step.goal, thread.get(step.goal, step.goal)}:
            steps[goal].append(step)
    for word in GoalWord.objects.filter(patient=person).order_by("recorded_at", "pk"):
        for goal in {word.goal, thread.get(word.goal, word.goal)}:
            words[goal].append(word)
    areas = {one.plan_thread: one.area for one in taken if one.plan_thread}
    return _Told(steps, words, areas, today)


def _planned(episode: Episode, told: _Told, *, at: datetime) -> tuple[MyGoal, ...]:
    until = min(at, episode.ended_at or at)
    share = attendance_share(episode, until=until, days=28)
    found: dict[UUID, list[Aim]] = defaultdict(list)
    words = {}
    for one in objectives_of(episode, series_of(episode, at=until), attendance=share, at=until):
        found[one.goal].append(Aim(one.text, one.stand.standing, one.target_date))
        words[one.goal] = one.goal_words
    return tuple(
        _goal(thread, words[thread], told.areas.get(thread, ""), told, aims=tuple(aims))
        for thread, aims in found.items()
    )


def _own(person: Patient, told: _Told, plan: Collection[UUID]) -> tuple[MyGoal, ...]:
    rows = OwnGoal.objects.filter(patient=person, let_go_at__isnull=True).order_by("recorded_at", "pk")
    return tuple(
        _goal(one.uid, one.own_words, one.area, told, is_own=True)
        for one in rows
        if one.plan_thread not in plan
    )


def _goal(
    goal: UUID, words: str, area: str, told: _Told, *, is_own: bool = False, aims: tuple[Aim, ...] = ()
) -> MyGoal:
    steps, said = told.steps.get(goal, ()), told.words.get(goal, ())
    done = [one for one in steps if one.done_at is not None]
    return MyGoal(
        goal=goal,
        own_words=words,
        area=AREAS[area].title if area else "",
        is_own=is_own,
        at_work=bool(area) and AREAS[area].at_work,
        aims=aims,
        open_steps=tuple(_line(one, told.today) for one in steps if one.done_at is None),
        done_steps=tuple(_line(one, told.today) for one in reversed(done[-MOST_DONE:])),
        said=tuple(Said(one.local_day, one.how_far, one.words) for one in said),
        how_far=say_how_far([one.how_far for one in said]),
    )


def _line(row: NextStep, today: date) -> StepLine:
    late = row.done_at is None and row.by_date is not None and row.by_date < today
    return StepLine(row.uid, row.words, row.by_date, late, row.done_at)


def _dose(version: PlanVersion) -> Dose | None:
    if version.hours_per_week is None or version.days_per_week is None:
        return None
    lines = PrescriptionLine.objects.filter(version=version).order_by("pk")
    kinds = dict.fromkeys(session_type(one.session_type).title for one in lines)
    return Dose(float(version.hours_per_week), version.days_per_week, tuple(kinds))
