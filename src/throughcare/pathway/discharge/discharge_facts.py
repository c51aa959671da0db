"""What a discharge rests on: sessions attended of planned, goals, the last contact, the suicide tier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.discharge import Tier, may_complete, may_discharge_by_absence
from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.episode.contact_attempts import Outreach, outreach_of
from throughcare.pathway.measure.measure_series import MeasureSeries, series_of
from throughcare.pathway.measure.tiers import NOBODY, tiers_of
from throughcare.pathway.prepared import prepared
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.progress.objective_progress import (
    GoalStand,
    ObjectiveProgress,
    goals_of,
    objectives_of,
)
from throughcare.pathway.progress.progress import DAY, attendance_share
from throughcare.pathway.session.hours import attendance_between, entry_of, seats_between
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import Episode

SETTINGS = (
    "discharge.completed_sessions",
    "discharge.completed_goals",
    "discharge.absence_days",
    "discharge.absence_attempts",
    "aftercare.kept_visit_days",
)
CAME = tuple(code for code, row in STATUSES.items() if row.minutes_count)
STANDS = {"met": "Reached", "partly": "Partly reached", "not_met": "Not reached", "not_known": "Not known"}


@dataclass(frozen=True)
class Absence:
    """What a clinician confirms before a discharge for staying away; what was tried is read from the record."""

    tier_checked: bool = False
    welfare_check_made: bool = False


@dataclass(frozen=True)
class DischargeFacts:
    """An episode in numbers, on the day it ends. `tier` is None when the screener never gave one."""

    sessions_planned: int
    sessions_attended: int
    days_attended: int
    hours_attended: float
    last_seen: date | None
    outreach: Outreach
    tier: Tier | None
    series: tuple[MeasureSeries, ...]
    objectives: tuple[ObjectiveProgress, ...]
    goals: tuple[GoalStand, ...]
    own: Mapping[str, Number]

    def standings(self, said: Mapping[UUID, str]) -> dict[UUID, str]:
        """Where each goal stands: as the clinician says, else as its measures say."""
        return {goal.thread: said.get(goal.thread) or goal.standing for goal in self.goals}

    def weigh_completion(self, said: Mapping[UUID, str], *, has_plan: bool) -> Verdict:
        """Whether the episode counts as completed."""
        standings = self.standings(said)
        return may_complete(
            sessions_attended=self.sessions_attended,
            sessions_planned=self.sessions_planned,
            goals_met=sum(word == "met" for word in standings.values()),
            goals=len(standings),
            has_discharge_plan=has_plan,
            own=self.own,
        )

    def weigh_absence(self, absence: Absence, *, today: date, admitted: date) -> Verdict:
        """Whether the episode may end because the person stays away."""
        known = [day for day in (self.last_seen, self.outreach.last_reached, admitted) if day is not None]
        return may_discharge_by_absence(
            days_without_contact=(today - max(known)).days,
            attempts=self.outreach.attempts,
            letter_sent=self.outreach.letter_sent,
            tier=self.tier,
            tier_checked=absence.tier_checked,
            welfare_check_made=absence.welfare_check_made,
            own=self.own,
        )


def gather_discharge_facts(episode: Episode, *, at: datetime) -> DischargeFacts:
    """The facts of an episode up to a moment, in a number of queries that does not grow with it."""
    today = local_day(at, episode.site.time_zone)
    series = series_of(episode, at=at)
    objectives = objectives_of(
        episode, series, attendance=attendance_share(episode, until=at, days=28), at=at
    )
    planned, attended = _sessions(episode, today=today, at=at)
    admitted = local_day(episode.admitted_at, episode.site.time_zone)
    days = _days(episode.organization_id, episode.patient_id, admitted, today)
    came = [day for day, _, minutes in days if minutes]
    last_seen = max(came, default=None)
    return DischargeFacts(
        sessions_planned=planned,
        sessions_attended=attended,
        days_attended=len(came),
        hours_attended=sum(counted or 0 for _, counted, _ in days) / 60,
        last_seen=last_seen,
        outreach=outreach_of(episode, last_seen=last_seen, at=at),
        tier=_tier(episode.patient_id, at=at),
        series=series,
        objectives=objectives,
        goals=goals_of(objectives),
        own=numbers(*SETTINGS, organization=episode.organization_id, on=today),
    )


@prepared
def _days(
    organization: int, patient: int, first: date, last: date
) -> QuerySet[Attendance, tuple[date, int | None, int]]:
    """(day, minutes that count, all minutes), day by day."""
    rows = Attendance.objects.filter(
        organization_id=organization,
        patient=patient,
        local_day__gte=first,
        local_day__lte=last,
        retired_at__isnull=True,
    )
    counted = Sum("minutes", filter=Q(counts=True))
    return (
        rows.order_by("local_day").values_list("local_day").annotate(counted=counted, attended=Sum("minutes"))
    )


def _sessions(episode: Episode, *, today: date, at: datetime) -> tuple[int, int]:
    """Sessions planned and attended: what the program canceled is not planned, a make-up only adds to attended."""
    first, end = local_day(episode.admitted_at, episode.site.time_zone), today + DAY
    seats = seats_between([episode.patient_id], first, end, organization=episode.organization_id)
    came = attendance_between([episode.patient_id], first, end, organization=episode.organization_id)
    planned = attended = 0
    for seat in seats:
        if seat.episode_id not in {None, episode.pk} or seat.session.ends_at > at:
            continue
        entry = entry_of(seat, came.get((seat.session_id, seat.patient_id)), at=at)
        if entry.status == "cancelled_by_program":
            continue
        planned += not seat.is_make_up
        attended += entry.status in CAME
    return planned, min(attended, planned) if planned else attended


def _tier(patient: int, *, at: datetime) -> Tier | None:
    """The tier that stands for this person (key); None where nobody asked."""
    words: dict[str, Tier] = {"none": "none", "low": "low", "moderate": "moderate", "high": "high"}
    return words.get(tiers_of([patient], at=at).get(patient, NOBODY).tier)
