"""What a week must respect: the people, staff, rooms and possible meetings of one site, as frozen dataclasses.

Time is a grid: `days` days of `ticks` ticks, each `minutes_per_tick` long (60 in the interchange format, finer in a
clinic's own week). A tick is named by its number, 0 first; a stretch of ticks is `range(start, start + ticks)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class SlotKey(NamedTuple):
    """The name of a possible meeting: type, variant, day, first tick, and which of several at that time."""

    type: str
    variant: str
    day: int
    start: int
    copy: int


@dataclass(frozen=True)
class Kind:
    """A type of group session: its ticks on the grid, the hours it counts for, the kind of room it needs."""

    name: str
    ticks: int
    hours: float
    room_kind: str
    # Whether it may fill hours that the prescription leaves open.
    flexible: bool


@dataclass(frozen=True)
class Variant:
    """A form of a group, such as one for women or in Spanish: what its leader must speak, or be."""

    name: str
    leader_language: str | None = None
    leader_gender: str | None = None


@dataclass(frozen=True)
class Slot:
    """A group that may meet, or does. `series` names the meetings that are attended all together or not at all."""

    key: SlotKey
    ticks: tuple[int, ...]
    fewest: int
    most: int
    good: tuple[int, int]
    series: str | None = None
    # A group that takes nobody new: only these people may come. None is an open group.
    closed_to: frozenset[str] | None = None


@dataclass(frozen=True)
class Staff:
    """Someone who leads groups (`therapist`) or sees people one at a time. `free`: the ticks of each day."""

    id: str
    role: str
    gender: str
    languages: frozenset[str]
    skills: frozenset[str]
    free: tuple[frozenset[int], ...]
    most_group_hours: float
    target_group_hours: float


@dataclass(frozen=True)
class Room:
    """A room of a kind, and how many people it seats."""

    id: str
    kind: str
    seats: int


@dataclass(frozen=True)
class OneToOne:
    """A visit a person needs this week with one named member of staff.

    `starts`: the (day, tick) at which it may begin, or None for any; `together`: how many such visits the same
    staff member may hold in one tick (two for a prescriber). `every`: it is held every so many weeks, of which this
    is one.
    """

    kind: str
    staff: str
    ticks: int
    hours: float
    starts: frozenset[tuple[int, int]] | None
    together: int = 1
    every: int = 1


@dataclass(frozen=True)
class Person:
    """One person's prescription, life and likings. `hours` = required groups + `flexible_hours` + one-to-ones."""

    id: str
    hours: float
    least_hours: float
    most_days: int
    longest_day: int
    required: Mapping[str, int]
    flexible_hours: float
    # Session type -> variant -> what it costs to be given that one (0 is as wished); others are not allowed.
    variants: Mapping[str, Mapping[str, float]]
    free: tuple[frozenset[int], ...]
    # (day, block) -> cost; a missing pair costs nothing.
    liking: Mapping[tuple[int, str], float]
    ones: tuple[OneToOne, ...]


@dataclass(frozen=True)
class Weights:
    """What each shortcoming costs; see `cost.py` for the sentence of each."""

    unmet: float = 100
    below: float = 300
    short: float = 150
    open: float = 12
    size: float = 2
    fair: float = 5
    change: float = 6
    leader_change: float = 15


@dataclass(frozen=True)
class Plan:
    """A week: which slots meet and who leads each, who comes to which, and when each one-to-one is held."""

    groups: Mapping[SlotKey, str] = field(default_factory=dict)
    attend: Mapping[str, frozenset[SlotKey]] = field(default_factory=dict)
    ones: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """One site's week. `blocks` are named runs of ticks; a person's day lies within one. Names are for sentences."""

    site: str
    days: int
    ticks: int
    minutes_per_tick: int
    first_minute: int
    blocks: Mapping[str, tuple[int, ...]]
    kinds: Mapping[str, Kind]
    variants: Mapping[str, Variant]
    slots: Mapping[SlotKey, Slot]
    staff: Mapping[str, Staff]
    rooms: tuple[Room, ...]
    people: Mapping[str, Person]
    # Pairs of people never in one group; pairs of a person and staff who never meet.
    apart: frozenset[tuple[str, str]]
    never_with: frozenset[tuple[str, str]]
    weights: Weights
    previous: Plan | None = None
    # A day with fewer ticks of treatment than this can't be billed by the day.
    billable_ticks: int = 3
    # How many ticks of a person's day may lie idle between its sessions.
    waiting_ticks: int = 0
    day_names: tuple[str, ...] = (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    )
    # Words for ids of staff, types, variants and blocks, where a sentence should not show the id.
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def leaders(self) -> Mapping[SlotKey, tuple[str, ...]]:
        """Who may lead each slot: skill, language and gender fit, and they work then."""
        return {key: tuple(s.id for s in self.staff.values() if self._may_lead(s, key)) for key in self.slots}

    def _may_lead(self, staff: Staff, key: SlotKey) -> bool:
        wanted = self.variants[key.variant]
        return (
            staff.role == "therapist"
            and key.type in staff.skills
            and wanted.leader_language in (None, *staff.languages)
            and wanted.leader_gender in (None, staff.gender)
            and staff.free[key.day].issuperset(self.slots[key].ticks)
        )

    def block_of(self, ticks: frozenset[int]) -> str | None:
        """The first block that holds all these ticks of a day; None when no block does."""
        return next((name for name, run in self.blocks.items() if ticks.issubset(run)), None)

    def seats(self, kind: str) -> tuple[int, ...]:
        """The sizes of the rooms of a kind, largest first."""
        return tuple(sorted((room.seats for room in self.rooms if room.kind == kind), reverse=True))

    def say(self, key: str) -> str:
        """The word for an id of staff, a type, a variant or a block."""
        return self.names.get(key, key)

    def say_time(self, day: int, tick: int) -> str:
        """A moment of the week in words, such as “Tuesday 17:30”."""
        minute = self.first_minute + tick * self.minutes_per_tick
        return f"{self.day_names[day]} {minute // 60:02d}:{minute % 60:02d}"
