"""The plans in force: what hours, notes and the census ask of care plans, in bulk. For other pathway modules."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.records.care_plans import Objective, PlanVersion


@dataclass(frozen=True)
class ObjectiveChoice:
    """An objective that a note may be tied to."""

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


def versions_in_force(episodes: Sequence[int], *, at: datetime) -> dict[int, PlanVersion]:
    """The version in force at a moment, by episode key, in one query."""
    rows = PlanVersion.objects.filter(episode__in=episodes, in_force_at__lte=at)
    return {row.episode_id: row for row in rows.order_by("in_force_at", "number")}


def objectives_in_force(patients: Sequence[int], *, at: datetime) -> dict[int, tuple[ObjectiveChoice, ...]]:
    """The objectives of each patient's plan in force, by patient key and in the order of the plan, in two queries."""
    versions = PlanVersion.objects.filter(
        episode__patient__in=patients, episode__ended_at__isnull=True, in_force_at__lte=at
    )
    current = {
        row["episode"]: row["pk"]
        for row in versions.order_by("in_force_at", "number").values("episode", "pk")
    }
    rows = (
        Objective.objects.filter(goal__problem__version__in=current.values())
        .order_by("goal__problem__order", "goal__order", "order")
        .values_list("goal__problem__version__episode__patient", "pk", "thread", "text", "goal__own_words")
    )
    found: dict[int, list[ObjectiveChoice]] = defaultdict(list)
    for patient, key, thread, text, goal in rows:
        found[patient].append(ObjectiveChoice(key, thread, text, goal))
    return {patient: tuple(choices) for patient, choices in found.items()}
