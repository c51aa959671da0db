"""Places in groups that are held for people who step to the next level: each counts as taken until it ends."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import QuerySet

from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.level_watch import LevelHold

TAKEN = "taken"


def held_places(groups: Collection[int], *, on: date) -> dict[int, frozenset[int]]:
    """For whom (by episode) a place is held in each group (key) on a day; one that has run out holds nothing."""
    found: dict[int, set[int]] = defaultdict(set)
    for group, episode in _holds(Keys(groups), on):
        found[group].add(episode)
    return {group: frozenset(episodes) for group, episodes in found.items()}


@prepared
def _holds(groups: Keys, on: date) -> QuerySet[LevelHold, tuple[int, int]]:
    rows = LevelHold.objects.filter(
        group__among=groups, until_date__gte=on, ended_at__isnull=True, episode__ended_at__isnull=True
    )
    return rows.values_list("group", "episode")


def take_held_place(groups: Collection[int], episode: int, *, at: datetime) -> None:
    """The person (episode's key) has come into one of these groups: what was held there for them is taken."""
    holds = LevelHold.objects.filter(group__in=groups, episode=episode, ended_at__isnull=True)
    holds.update(ended_at=at, how=TAKEN)
