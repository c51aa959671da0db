"""The plans in force: what hours, notes and the census ask of care plans, in bulk. For other pathway modules."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import at_local, local_day
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.care_plans import Objective, PlanVersion, PrescriptionLine

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ObjectiveChoice:
    """A note's objective: `thread` is the same in every version of the plan, `key` is the row's."""

    key: int
    thread: UUID
    text: str
    goal: str


def plan_in_force(episode: int, *, on: date) -> PlanVersion | None:
    """The version of an episode's plan (by key) that held on a day at its site: signed on that day or before."""
    rows = (
        PlanVersion.objects.select_related("episode__site")
        .filter(episode=episode, in_force_at__isnull=False)
        .order_by("-in_force_at", "-number")
    )
    return next((row for row in rows if _day(row) <= on), None)


def _day(row: PlanVersion) -> date:
    if row.in_force_at is None:  # the query leaves these out
        return date.max
    return local_day(row.in_force_at, row.episode.site.time_zone)


def versions_in_force(episodes: Collection[int], *, at: datetime) -> dict[int, PlanVersion]:
    """The version in force at a moment, by episode key, in one query."""
    return {row.episode_id: row for row in _versions(at, Keys(episodes))}


@prepared
def _versions(at: datetime, episodes: Keys) -> QuerySet[PlanVersion]:
    rows = PlanVersion.objects.filter(episode__among=episodes, in_force_at__lte=at)
    return rows.order_by("in_force_at", "number")


def objectives_in_force(episodes: Collection[int], *, at: datetime) -> dict[int, tuple[ObjectiveChoice, ...]]:
    """The objectives of each episode's plan in force, by episode key and in the order of the plan, in two queries."""
    of_version = {row.pk: episode for episode, row in versions_in_force(episodes, at=at).items()}
    found: dict[int, list[ObjectiveChoice]] = defaultdict(list)
    for version, key, thread, text, goal in _objectives(Keys(of_version)):
        found[of_version[version]].append(ObjectiveChoice(key, thread, text, goal))
    return {episode: tuple(choices) for episode, choices in found.items()}


@prepared
def _objectives(versions: Keys) -> QuerySet[Objective, tuple[int, int, UUID, str, str]]:
    rows = Objective.objects.filter(goal__problem__version__among=versions)
    columns = ("goal__problem__version", "pk", "thread", "text", "goal__own_words")
    return rows.order_by("goal__problem__order", "goal__order", "order", "pk").values_list(*columns)


def prescribed_hours(
    patients: Collection[int], mondays: Sequence[date], *, zone: str
) -> dict[tuple[int, date], float]:
    """Hours a week of the plan in force, by patient (key) and week; absent where no plan was.

    The plan that is in force when the week begins holds for all of it; a person's first plan holds from its own week.
    """
    versions = [_PlanHours(*row) for row in _hours(Keys(patients), _opens(max(mondays) + WEEK, zone))]
    lines: dict[int, float] = defaultdict(float)
    unsummed = [version.key for version in versions if version.hours is None]
    for line in _dose(Keys(unsummed)) if unsummed else ():
        if session_type(line.session_type).counts_as_clinical_hours:
            lines[line.version_id] += float(line.per_week) * line.minutes / 60
    found: dict[tuple[int, date], float] = {}
    for monday in mondays:
        begins, ends = _opens(monday, zone), _opens(monday + WEEK, zone)
        for version in versions:
            key = (version.patient, monday)
            if version.holds(begins, ends, first=key not in found):
                found[key] = lines[version.key] if version.hours is None else float(version.hours)
    return found


@prepared
def _dose(versions: Keys) -> QuerySet[PrescriptionLine]:
    return PrescriptionLine.objects.filter(version__among=versions)


@prepared
def _hours(patients: Keys, before: datetime) -> QuerySet[PlanVersion, tuple[Any, ...]]:
    rows = PlanVersion.objects.filter(episode__patient__among=patients, in_force_at__lt=before)
    columns = ("pk", "episode__patient", "in_force_at", "hours_per_week", "episode__ended_at")
    return rows.order_by("in_force_at", "pk").values_list(*columns)


@dataclass(frozen=True)
class _PlanHours:
    """The hours a week of one signed version of a plan; None where only its lines say them."""

    key: int
    patient: int
    in_force_at: datetime
    hours: Decimal | None
    ended_at: datetime | None

    def holds(self, begins: datetime, ends: datetime, *, first: bool) -> bool:
        """Whether this version, looked at in order, is the week's plan so far."""
        if self.ended_at is not None and self.ended_at <= begins:
            return False
        return self.in_force_at <= begins or (first and self.in_force_at < ends)


def _opens(day: date, zone: str) -> datetime:
    return at_local(day, time(0), zone)
