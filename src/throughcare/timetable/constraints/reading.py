"""A plan read against its problem: who sits in which group, and what each day of each person holds."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from throughcare.timetable.problem import OneToOne, Person, Plan, Problem, Slot, SlotKey

# Hours are sums of fractions of an hour; what is less than this apart is the same.
NEARLY = 1e-6


@dataclass(frozen=True)
class Tally:
    """What a person got against their prescription, in hours; `over` counts sessions and flexible hours too many."""

    unmet: float
    over: int


@dataclass(frozen=True)
class Reading:
    """One plan of one problem, with what the rules ask about again and again. What the problem lacks is left out."""

    problem: Problem
    plan: Plan

    @cached_property
    def open(self) -> dict[SlotKey, str]:
        """The groups that meet and are possible, with their leaders."""
        return {key: staff for key, staff in self.plan.groups.items() if key in self.problem.slots}

    @cached_property
    def members(self) -> Mapping[SlotKey, list[str]]:
        """Who attends each slot, whether it meets or not."""
        found: dict[SlotKey, list[str]] = defaultdict(list)
        for person, keys in self.plan.attend.items():
            for key in keys:
                found[key].append(person)
        return found

    def size(self, key: SlotKey) -> int:
        """How many people attend a slot."""
        return len(self.members.get(key, ()))

    def slots_of(self, person: str) -> tuple[Slot, ...]:
        """The possible slots that a person attends, in the order of the week."""
        return self._slots.get(person, ())

    @cached_property
    def _slots(self) -> Mapping[str, tuple[Slot, ...]]:
        slots = self.problem.slots
        return {
            person: tuple(
                slots[key] for key in sorted(keys, key=lambda key: (key.day, key.start, key)) if key in slots
            )
            for person, keys in self.plan.attend.items()
        }

    def visits_of(self, person: Person) -> list[tuple[OneToOne, tuple[int, int] | None]]:
        """Each one-to-one that a person needs, with its (day, tick) in the plan or None."""
        held = self.plan.ones.get(person.id, {})
        found = [(one, held.get(one.kind)) for one in person.ones]
        return [(one, at if at is not None and self.in_week(at) else None) for one, at in found]

    def in_week(self, at: tuple[int, int]) -> bool:
        """Whether a (day, tick) lies in the week."""
        return 0 <= at[0] < self.problem.days and 0 <= at[1] < self.problem.ticks

    @cached_property
    def ticks(self) -> Mapping[str, Mapping[int, Counter[int]]]:
        """Person -> day -> tick -> how many things they are at."""
        found = {}
        for person in self.problem.people.values():
            days: dict[int, Counter[int]] = defaultdict(Counter)
            for slot in self.slots_of(person.id):
                days[slot.key.day].update(slot.ticks)
            for one, at in self.visits_of(person):
                if at is not None:
                    days[at[0]].update(range(at[1], at[1] + one.ticks))
            found[person.id] = days
        return found

    @cached_property
    def tallies(self) -> Mapping[str, Tally]:
        """Person -> what they got against their prescription."""
        return {person.id: self._tally(person) for person in self.problem.people.values()}

    def unmet(self, person: str) -> float:
        """The prescribed hours that one person was not given."""
        return self._tally(self.problem.people[person]).unmet

    def _tally(self, person: Person) -> Tally:
        got = Counter(slot.key.type for slot in self.slots_of(person.id))
        unmet, over, flexible = 0.0, 0, 0.0
        for name in {*got, *person.required}:
            kind, extra = self.problem.kinds[name], got[name] - person.required.get(name, 0)
            if extra < 0:
                unmet -= extra * kind.hours
            elif kind.flexible:
                flexible += extra * kind.hours
            else:
                over += extra
        over += max(0, math.ceil(flexible - person.flexible_hours - NEARLY))
        unmet += max(0.0, person.flexible_hours - flexible)
        unmet += sum(one.hours for one, at in self.visits_of(person) if at is None)
        return Tally(unmet, over)

    def is_below(self, person: Person) -> bool:
        """Whether a person's hours stay under the least they must have."""
        return person.hours - self.tallies[person.id].unmet < person.least_hours - NEARLY

    @cached_property
    def group_hours(self) -> Mapping[str, float]:
        """Staff -> hours of groups they lead."""
        found: dict[str, float] = defaultdict(float)
        for key, staff in self.open.items():
            found[staff] += self.problem.kinds[key.type].hours
        return found
