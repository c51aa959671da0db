"""Open episodes and since when their plans' next reviews are counted, many at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Min, QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.kept_days import Days, days_of_zone, kept, moment_of
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.care_plans import PlanReview, PlanVersion
from throughcare.records.episodes import Episode

DAY, YEAR = timedelta(days=1), timedelta(days=365)


@dataclass(frozen=True)
class RunningPlan:
    """An open episode by keys, its days at the site. `since`: the last review, or when the plan came into force.

    It is None, and `since_day` the admission, where no plan is in force yet.
    """

    episode: int
    patient: int
    zone: str
    today: date
    admitted_at: datetime
    admitted: date
    since: datetime | None
    since_day: date


def running_plans(episodes: Sequence[int], *, at: datetime) -> dict[int, list[RunningPlan]]:
    """Those of these episodes (keys) that are open, by organization, in three queries."""
    keys = Keys(episodes)
    rows, planned, reviewed = _open(keys), dict(_planned(keys, at)), dict(_last_reviews(keys, at))
    calendars = {
        zone: days_of_zone(zone, at.date() - YEAR, at.date() + DAY) for zone in {row[3] for row in rows}
    }
    found: dict[int, list[RunningPlan]] = defaultdict(list)
    for episode, patient, organization, zone, admitted_at in rows:
        since = _since(episode, planned, reviewed)
        calendar = calendars[zone]
        admitted = calendar.of(admitted_at)
        found[organization].append(
            RunningPlan(
                episode=episode,
                patient=patient,
                zone=zone,
                today=_today(calendar, at),
                admitted_at=moment_of(admitted_at),
                admitted=admitted,
                since=moment_of(since) if since else None,
                since_day=calendar.of(since) if since else admitted,
            )
        )
    return found


def _since(episode: int, planned: Mapping[int, str], reviewed: Mapping[int, str]) -> str:
    plan = planned.get(episode, "")
    return max(plan, reviewed.get(episode, "")) if plan else ""


def _today(calendar: Days, at: datetime) -> date:
    return local_day(at, calendar.zone.key)


@prepared
def _open(episodes: Keys) -> QuerySet[Episode, tuple[Any, ...]]:
    rows = Episode.objects.filter(pk__among=episodes, ended_at__isnull=True)
    return rows.values_list("pk", "patient", "organization", "site__time_zone", kept("admitted_at"))


@prepared
def _planned(episodes: Keys, at: datetime) -> QuerySet[PlanVersion, tuple[int, str]]:
    rows = PlanVersion.objects.filter(episode__among=episodes, in_force_at__lte=at)
    return rows.values_list("episode").annotate(first=kept(Min("in_force_at")))


@prepared
def _last_reviews(episodes: Keys, at: datetime) -> QuerySet[PlanReview, tuple[int, str]]:
    rows = PlanReview.objects.filter(episode__among=episodes, reviewed_at__lte=at)
    return rows.values_list("episode").annotate(last=kept(Max("reviewed_at")))
