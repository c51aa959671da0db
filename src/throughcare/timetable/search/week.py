"""A week while it is being worked on: who comes where, who leads, and how far staff are taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from throughcare.timetable.problem import Plan
from throughcare.timetable.search.tables import Tables

When = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different: people's whole weeks, and leaders (None closes the group)."""

    attend: dict[int, frozenset[int]] = field(default_factory=dict)
    ones: dict[int, dict[int, When]] = field(default_factory=dict)
    leaders: dict[int, int | None] = field(default_factory=dict)


class Week:
    """A plan in numbers, kept with the counts that every step needs."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.attend: list[frozenset[int]] = [frozenset()] * len(tables.people)
        # For each person: which of their one-to-ones (by its place) is held when.
        self.ones: list[dict[int, When]] = [{} for _ in tables.people]
        self.leader: dict[int, int] = {}
        self.members: list[set[int]] = [set() for _ in tables.slots]
        # Parts of each tick of each member of staff that are taken.
        problem = tables.problem
        self.load = [[[0] * problem.ticks for _ in range(problem.days)] for _ in tables.staff]
        self.led = [0] * len(tables.staff)
        self.meeting: dict[tuple[str, int, int], set[int]] = {}

    def copy(self) -> "Week":
        """The same week, to be changed by itself."""
        other = Week.__new__(Week)
        other.tables = self.tables
        other.attend = list(self.attend)
        other.ones = [dict(ones) for ones in self.ones]
        other.leader = dict(self.leader)
        other.members = [set(people) for people in self.members]
        other.load = [[list(day) for day in staff] for staff in self.load]
        other.led = list(self.led)
        other.meeting = {at: set(slots) for at, slots in self.meeting.items()}
        return other

    def set_leader(self, slot: int, leader: int | None) -> None:
        """Opens a group, gives it another leader, or closes it."""
        row = self.tables.slots[slot]
        before = self.leader.pop(slot, None)
        if before is not None:
            self._lead(slot, before, -1)
        if leader is not None:
            self.leader[slot] = leader
            self._lead(slot, leader, 1)
        for tick in row.ticks:
            together = self.meeting.setdefault((row.room, row.day, tick), set())
            together.discard(slot)
            if leader is not None:
                together.add(slot)

    def _lead(self, slot: int, leader: int, sign: int) -> None:
        row = self.tables.slots[slot]
        day = self.load[leader][row.day]
        for tick in row.ticks:
            day[tick] += sign * self.tables.staff[leader].parts
        self.led[leader] += sign * row.minutes

    def set_attend(self, person: int, slots: Iterable[int]) -> None:
        """Gives a person these groups in place of theirs."""
        after, before = frozenset(slots), self.attend[person]
        for slot in before - after:
            self.members[slot].discard(person)
        for slot in after - before:
            self.members[slot].add(person)
        self.attend[person] = after

    def set_ones(self, person: int, ones: dict[int, When]) -> None:
        """Gives a person these one-to-ones in place of theirs."""
        for sign, held in ((-1, self.ones[person]), (1, ones)):
            for place, (day, start) in held.items():
                one = self.tables.people[person].ones[place]
                load = self.load[one.staff][day]
                for tick in range(start, start + one.ticks):
                    load[tick] += sign * one.share
        self.ones[person] = dict(ones)

    def apply(self, change: Change) -> Change:
        """Makes a change; returns the change that takes it back."""
        back = Change(
            {p: self.attend[p] for p in change.attend},
            {p: self.ones[p] for p in change.ones},
            {s: self.leader.get(s) for s in change.leaders},
        )
        for person, slots in change.attend.items():
            self.set_attend(person, slots)
        for person, ones in change.ones.items():
            self.set_ones(person, ones)
        for slot, leader in change.leaders.items():
            self.set_leader(slot, leader)
        return back

    def plan(self) -> Plan:
        """The week as a plan."""
        tables = self.tables
        keys = [row.key for row in tables.slots]
        return Plan(
            groups={keys[slot]: tables.staff[self.leader[slot]].id for slot in sorted(self.leader)},
            attend={
                row.id: frozenset(keys[slot] for slot in self.attend[row.index])
                for row in tables.people
                if self.attend[row.index]
            },
            ones={
                row.id: {row.ones[place].kind: when for place, when in sorted(self.ones[row.index].items())}
                for row in tables.people
                if self.ones[row.index]
            },
        )
