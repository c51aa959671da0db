"""The rows of the tables: a slot, a person, a one-to-one and a member of staff, with every id as a number."""

from dataclasses import dataclass

from throughcare.timetable.problem import SlotKey

# Costs are whole numbers of a sixtieth, so that an unmet minute is one unit of the weight of an unmet hour.
UNIT = 60


def units(cost: float) -> int:
    """A cost in whole units."""
    return round(cost * UNIT)


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A possible meeting. `minutes` is what it counts for; `leaders` are those who may lead it."""

    index: int
    key: SlotKey
    day: int
    ticks: tuple[int, ...]
    fewest: int
    most: int
    low: int
    high: int
    minutes: int
    room: str
    leaders: tuple[int, ...]
    series: str | None

    @property
    def type(self) -> str:
        """The type of the group."""
        return self.key.type


@dataclass(frozen=True, slots=True)
class OneRow:
    """A one-to-one: `starts` holds, for each day, the ticks at which both are free. `share` is how much of the
    staff member's time (in parts of `StaffRow.parts`) each tick of it takes."""

    kind: str
    staff: int
    ticks: int
    minutes: int
    share: int
    starts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of ticks of one day that lies in one block and that the person is free for, with its cost in units."""

    start: int
    length: int
    cost: int
    short: bool

    @property
    def ticks(self) -> range:
        """The ticks it covers."""
        return range(self.start, self.start + self.length)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person: `slots` gives for each slot they may come to its cost in units, `by_day` the same day by day.

    `enough` is the minutes with which they are not below their least hours; `prescribed` all their minutes.
    """

    index: int
    id: str
    slots: dict[int, int]
    by_day: tuple[tuple[int, ...], ...]
    ones: tuple[OneRow, ...]
    required: dict[str, int]
    flexible: int
    prescribed: int
    enough: int
    most_days: int
    longest: int
    stretches: tuple[tuple[Stretch, ...], ...]


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A member of staff. A tick of theirs has `parts` parts: a group takes all, a shared visit fewer."""

    index: int
    id: str
    free: tuple[frozenset[int], ...]
    most: int
    target: int
    parts: int
