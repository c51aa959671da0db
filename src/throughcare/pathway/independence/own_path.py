"""A person's own path: the levels behind and ahead, what is met for the next step, and the hours as they grow fewer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.own_path import (
    AFTERCARE,
    CRITERIA,
    PlainCriterion,
    PlainLevel,
    levels_ahead,
    plain_level,
)
from throughcare.knowledge.placement import step_down
from throughcare.pathway.actor import Actor
from throughcare.pathway.discharge.summary_rows import stays_of
from throughcare.pathway.episode.episodes import open_last_episode
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.progress.step_facts import StepFacts, gather_step_facts
from throughcare.records.attendance import Attendance
from throughcare.records.care_plans import Goal, PlanVersion
from throughcare.records.episodes import Episode, Stay
from throughcare.records.own_goals import OwnGoal

State = Literal["done", "now", "next", "later"]
# Everything that the page reads of the person.
KINDS = ("attendance", "measure", "drug_test", "care_plan", "relapse_plan", "schedule", "own_goal")


@dataclass(frozen=True)
class PathStep:
    """One level of the way; the days where they are known."""

    level: PlainLevel
    state: State
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class PathCriterion:
    """One thing that is met before the next step, or not yet."""

    said: PlainCriterion
    is_met: bool


@dataclass(frozen=True)
class HoursFrom:
    """Hours a week of a plan, from a day on."""

    since: date
    hours: float


@dataclass(frozen=True)
class OwnPath:
    """The whole way. `share` is the part of planned hours (0 to 1) that was attended in the last `days` days.

    `criteria` is empty once the person has left, and for a stay elsewhere. `goals` are those of the plan, `own_goals`
    those that the person set by themself.
    """

    steps: tuple[PathStep, ...]
    criteria: tuple[PathCriterion, ...]
    share: float | None
    days: int
    hours: tuple[HoursFrom, ...]
    sessions: int
    weeks: int
    goals: int
    own_goals: int
    is_over: bool

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return sum(one.is_met for one in self.criteria)

    @property
    def may_talk_of_step(self) -> bool:
        """Whether everything is met: the next step is talked over, and a clinician decides it."""
        return bool(self.criteria) and self.met == len(self.criteria)


def own_path(*, by: Actor, at: datetime) -> OwnPath | None:
    """The signed-in person's own path; None for someone who was never admitted."""
    patient = own_patient(by=by)
    episode = open_last_episode(patient, kind="episode", by=by, at=at)
    if episode is None:
        return None
    for kind in KINDS:
        open_patient(episode.patient, kind=kind, by=by, at=at)
    stays, zone = list(stays_of(episode.pk)), episode.site.time_zone
    facts = _facts(episode, stays, at=at)
    version = list(_plans(episode.pk))
    return OwnPath(
        steps=_steps(episode, stays, zone),
        criteria=_criteria(facts) if facts else (),
        share=facts.down.attendance if facts else None,
        days=int(facts.own["step_down.window_days"]) if facts else 0,
        hours=_hours(version, zone),
        sessions=Attendance.objects.filter(
            appointment__episode=episode, retired_at__isnull=True, minutes__gt=0
        ).count(),
        weeks=max(1, -(-((episode.ended_at or at) - episode.admitted_at).days // 7)),
        goals=Goal.objects.filter(problem__version=version[-1]).count() if version else 0,
        own_goals=OwnGoal.objects.filter(patient=episode.patient_id, let_go_at__isnull=True).count(),
        is_over=episode.ended_at is not None,
    )


def _facts(episode: Episode, stays: list[Stay], *, at: datetime) -> StepFacts | None:
    """The facts for the next step, where there is one to take from here."""
    if episode.ended_at is not None or not stays:
        return None
    return gather_step_facts(episode, stays[-1], at=at)


def _steps(episode: Episode, stays: list[Stay], zone: str) -> tuple[PathStep, ...]:
    steps = [
        PathStep(
            plain_level(stay.level),
            "now" if stay is stays[-1] and episode.ended_at is None else "done",
            local_day(stay.began_at, zone),
            local_day(stay.ended_at, zone) if stay.ended_at else None,
        )
        for stay in stays
    ]
    if episode.ended_at is not None:
        ended = local_day(episode.ended_at, zone)
        return (*steps, PathStep(plain_level(AFTERCARE), "now", ended))
    ahead = levels_ahead(stays[-1].level) if stays else (AFTERCARE,)
    return (
        *steps,
        *(PathStep(plain_level(code), "later" if place else "next") for place, code in enumerate(ahead)),
    )


def _criteria(facts: StepFacts) -> tuple[PathCriterion, ...]:
    step = step_down(facts.down, own=facts.own)
    met = {one.code for one in step.met}
    return tuple(PathCriterion(one, one.code in met) for one in CRITERIA.values())


@prepared
def _plans(episode: int) -> QuerySet[PlanVersion]:
    rows = PlanVersion.objects.filter(episode=episode, in_force_at__isnull=False)
    return rows.order_by("in_force_at", "number")


def _hours(versions: list[PlanVersion], zone: str) -> tuple[HoursFrom, ...]:
    """The hours of the plans, one line for each change of them."""
    found: list[HoursFrom] = []
    for row in versions:
        if row.in_force_at is None or row.hours_per_week is None:
            continue
        hours = float(row.hours_per_week)
        if not found or found[-1].hours != hours:
            found.append(HoursFrom(local_day(row.in_force_at, zone), hours))
    return tuple(found)
