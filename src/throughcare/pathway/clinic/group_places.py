"""Where groups are held, day by day: the room they were opened in, then each other place from its day on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.timetables import Group, GroupPlace, Room


@dataclass(frozen=True)
class Place:
    """A room, or video, or both; `since` and `until` are the days on which a group is held there, both included."""

    room: Room | None
    telehealth_url: str
    since: date
    until: date

    @property
    def words(self) -> str:
        """The place as pages name it; empty where there is none."""
        return self.room.name if self.room else ("By video" if self.telehealth_url else "")


class Places:
    """The places of some groups (fetched with their room), in one query."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._changes: dict[int, dict[date, GroupPlace]] = defaultdict(dict)
        for row in _places(Keys(group.pk for group in groups)):
            self._changes[row.group_id][row.from_date] = row

    def of(self, group: Group) -> Iterator[Place]:
        """Every place of a group, one after the other, from the first day to the last."""
        changes = list(self._changes[group.pk].values())
        ends = [row.from_date - timedelta(days=1) for row in changes] + [date.max]
        yield Place(group.room, group.telehealth_url, date.min, ends[0])
        for row, until in zip(changes, ends[1:], strict=True):
            yield Place(row.room, row.telehealth_url, row.from_date, until)

    def on(self, group: Group, day: date) -> Place:
        """Where a group is held on a day."""
        return next(place for place in self.of(group) if place.since <= day <= place.until)

    def between(self, group: Group, first: date, last: date) -> list[Place]:
        """Where a group is held on the days from `first` to `last`."""
        return [place for place in self.of(group) if place.since <= last and first <= place.until]


@prepared
def _places(groups: Keys) -> QuerySet[GroupPlace]:
    rows = GroupPlace.objects.filter(group__among=groups).select_related("room__site")
    return rows.order_by("from_date", "pk")
