"""What a person's week must come to, packed in one number so that days are taken from it by subtraction."""

from collections import Counter
from itertools import product

from throughcare.timetable.explain.pieces import Offered
from throughcare.timetable.problem import Plan

# Bits of each count: fifteen, and one that tells whether too much was taken.
WIDTH = 16
COUNT = (1 << (WIDTH - 1)) - 1


class Goal:
    """The sessions of each required type, the minutes of flexible types, the one-to-ones; in all, the minutes.

    Without a plan it is the whole prescription; with one, what the person has in it.
    """

    def __init__(self, offered: Offered, plan: Plan | None = None) -> None:
        problem, person = offered.problem, offered.person
        types = len(offered.names) - len(person.ones)
        self.kinds = [problem.kinds[name] for name in offered.names[:types]]
        self.minutes = [round(kind.hours * 60) for kind in self.kinds]
        self.minutes += [round(one.hours * 60) for one in person.ones]
        required = [person.required.get(kind.name, 0) for kind in self.kinds]
        flexible = round(person.flexible_hours * 60)
        visits = [1] * len(person.ones)
        if plan is not None:
            got = Counter(key.type for key in plan.attend.get(person.id, ()))
            had = [got[kind.name] for kind in self.kinds]
            extra = [max(0, a - b) * long for a, b, long in zip(had, required, self.minutes, strict=False)]
            required, flexible = [min(a, b) for a, b in zip(had, required, strict=True)], sum(extra)
            visits = [int(one.kind in plan.ones.get(person.id, {})) for one in person.ones]
        self.required = [*required, *visits]
        self.flexible = flexible
        # Places: types and one-to-ones, then flexible minutes, then all minutes.
        self.flex_place, self.all_place = len(self.minutes), len(self.minutes) + 1
        total = sum(a * b for a, b in zip(self.required, self.minutes, strict=True)) + flexible
        counts = [*self.required, flexible, total]
        self.guard = sum(1 << (WIDTH * place + WIDTH - 1) for place in range(len(counts)))
        self.whole = sum(count << (WIDTH * place) for place, count in enumerate(counts))
        self._deltas: dict[int, tuple[int, ...]] = {}

    def fits(self, taken: int, rest: int) -> bool:
        """Whether this much may still be taken."""
        return (rest | self.guard) - taken & self.guard == self.guard

    def left(self, rest: int) -> int:
        """The minutes still missing."""
        return rest >> (WIDTH * self.all_place)

    def deltas(self, bits: int) -> tuple[int, ...]:
        """What a day of these bits takes from the goal; a flexible type may count as required or as flexible."""
        if bits not in self._deltas:
            ways = [self._ways(place) for place in range(len(self.minutes)) if bits >> place & 1]
            sums = {sum(way) for way in product(*ways)}
            self._deltas[bits] = tuple(sorted(one for one in sums if self.fits(one, self.whole)))
        return self._deltas[bits]

    def _ways(self, place: int) -> list[int]:
        long = self.minutes[place]
        minutes = long << (WIDTH * self.all_place)
        ways = [(1 << (WIDTH * place)) + minutes] if self.required[place] else []
        if place < len(self.kinds) and self.kinds[place].flexible and self.flexible >= long:
            ways.append((long << (WIDTH * self.flex_place)) + minutes)
        return ways

    def most(self, deltas: list[int]) -> int:
        """The most of each count that one of these takes."""
        return sum(max(column) << (WIDTH * place) for place, column in enumerate(self._columns(deltas)))

    def best_of(self, tops: list[int], most: int) -> list[int]:
        """The most of each count that none, one … `most` of these take together, each count by itself."""
        found = [0] * (most + 1)
        for place, column in enumerate(self._columns(tops)):
            column.sort(reverse=True)
            taken = 0
            for number in range(1, most + 1):
                taken += column[number - 1] if number <= len(column) else 0
                found[number] |= taken << (WIDTH * place)
        return found

    def _columns(self, packed: list[int]) -> list[list[int]]:
        """Each count of several packed numbers; no numbers count as one of nothing."""
        return [
            [one >> (WIDTH * place) & COUNT for one in packed or [0]] for place in range(self.all_place + 1)
        ]
