"""The objectives that notes may be tied to: those of each episode's plan in force. Constant in queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.records.care_plans import Objective, PlanVersion


@dataclass(frozen=True)
class ObjectiveChoice:
    """One objective of a plan in force; `thread` is the same in every version of the plan, `key` is this row's."""

    thread: UUID
    text: str
    goal: str
    key: int


def objectives_in_force(episodes: Collection[int], *, at: datetime) -> dict[int, list[ObjectiveChoice]]:
    """The objectives of each episode's (key) plan in force at the moment, in the plan's order."""
    newest: dict[int, int] = {}
    versions = PlanVersion.objects.filter(episode__in=episodes, in_force_at__lte=at)
    for episode, version in versions.order_by("in_force_at", "pk").values_list("episode", "pk"):
        newest[episode] = version
    of_version = {version: episode for episode, version in newest.items()}
    rows = (
        Objective.objects.select_related("goal__problem")
        .filter(goal__problem__version__in=of_version)
        .order_by("goal__problem__order", "goal__order", "order", "pk")
    )
    found: dict[int, list[ObjectiveChoice]] = defaultdict(list)
    for row in rows:
        choice = ObjectiveChoice(row.thread, row.text, row.goal.own_words, row.pk)
        found[of_version[row.goal.problem.version_id]].append(choice)
    return dict(found)
