"""Where to look next for a better week: each idea chooses people, days, and the groups that may open or close.

The ideas that gain most for their effort are given most of the time. An idea of exact parts grows while its parts
are solved to the end with ease, and shrinks while they are not.
"""

from collections.abc import Iterable
from random import Random

from throughcare.timetable.search.idea import EFFORT, Idea
from throughcare.timetable.search.price import person_cost
from throughcare.timetable.search.task import Outcome, Task
from throughcare.timetable.search.week import Week

# Every idea keeps this share of the time of the best one, however little it has gained.
FLOOR = 0.1


class Ideas:
    """Chooses parts of one week to work on, by what has helped so far."""

    def __init__(self, week: Week, seed: int) -> None:
        self.week = week
        self.tables = tables = week.tables
        self.random = Random(seed)  # noqa: S311
        self.days = tuple(range(tables.problem.days))
        self.cells: dict[tuple[int, str], list[int]] = {}
        for row in tables.slots:
            block = tables.problem.block_of(frozenset(row.ticks))
            if block is not None and tables.eligible[row.index]:
                self.cells.setdefault((row.day, block), []).append(row.index)
        self.masks = {cell: _mask(slots) for cell, slots in self.cells.items()}
        self.can = [_mask(row.slots) for row in tables.people]
        self.ideas = {
            "reseat": Idea(self._reseat, 12, 12, 0.03),
            "reopen": Idea(self._reopen, 16, 16, 0.08),
            "close": Idea(self._close, 16, 16, 0.06),
            "cohort": Idea(self._cohort, 6, 16, 0.5),
            "short": Idea(self._short, 6, 16, 0.5),
            "group": Idea(self._group, 8, 20, 0.5),
            "cell": Idea(self._cell, 8, 40, 0.5),
            "day": Idea(self._day, 12, 60, 0.5),
            "another time": Idea(self._another_time, 8, 20, 0.5),
            "two cells": Idea(self._two_cells, 8, 40, 0.5),
        }
        self.costs = [person_cost(week, row.index) for row in tables.people]
        self._effort = EFFORT

    def next(self, patience: float = 1.0) -> Task:
        """The next part to work on; an exact one may take `patience` times the usual effort."""
        self._effort = EFFORT * patience
        names = list(self.ideas)
        best = max(idea.worth for idea in self.ideas.values()) or 1.0
        shares = [
            (FLOOR + (idea.worth / best if idea.effort else 0.5)) / idea.once for idea in self.ideas.values()
        ]
        for _ in range(20):
            name = self.random.choices(names, shares)[0]
            task = self.ideas[name].choose(max(2, round(self.ideas[name].size)))
            if task is not None:
                return task
        return self._task("day", range(min(len(self.can), 8)))

    def learn(self, task: Task, outcome: Outcome) -> None:
        """Takes in what a task brought."""
        self.ideas[task.idea].learn(outcome, exact=task.exact)

    def weigh(self, people: Iterable[int]) -> None:
        """Notes what these people's weeks cost now."""
        for person in people:
            self.costs[person] = person_cost(self.week, person)

    def _task(
        self,
        idea: str,
        people: Iterable[int],
        openings: Iterable[int] = (),
        days: tuple[int, ...] | None = None,
        *,
        other_leaders: bool = False,
        exact: bool = True,
        close: tuple[int, ...] = (),
    ) -> Task:
        return Task(
            idea,
            tuple(people),
            self.days if days is None else days,
            frozenset(openings),
            other_leaders,
            exact,
            close,
            self._effort,
            self.random.randrange(1 << 30),
        )

    def _someone(self) -> int:
        """A person, the more likely the more their week costs."""
        return self.random.choices(range(len(self.costs)), [cost + 300 for cost in self.costs])[0]

    def _like(self, person: int, mask: int, size: int, *, worse_off: float) -> list[int]:
        """This person and those who can come to most of the groups of `mask` that they can, worse off first."""
        mine = self.can[person] & mask
        most = max(1, mine.bit_count())
        peak = max(1, max(self.costs))

        def rank(other: int) -> float:
            shared = (self.can[other] & mine).bit_count() / most
            return shared + worse_off * self.costs[other] / peak + self.random.random() * 0.5

        others = (other for other in range(len(self.can)) if other != person and self.can[other] & mine)
        return [person, *sorted(others, key=rank, reverse=True)[: size - 1]]

    def _some_cells(self, person: int, count: int) -> tuple[list[int], int]:
        """The groups of a few parts of the week in which this person can come, those they like first; and a mask."""
        liking = self.tables.problem.people[self.tables.people[person].id].liking
        cells = [cell for cell in self.cells if self.masks[cell] & self.can[person]]
        cells.sort(key=lambda cell: liking.get(cell, 0) + self.random.random() * 12)
        slots = [slot for cell in cells[:count] for slot in self.cells[cell]]
        return slots, _mask(slots)

    def _reseat(self, size: int) -> Task | None:
        """A few people free at the same times, placed anew in the groups there are."""
        person = self._someone()
        _, mask = self._some_cells(person, self.random.choice((2, 3, 4)))
        size = self.random.choice((1, 2, 3, 4, 6, 8, size))
        people = self._like(person, mask, size, worse_off=self.random.choice((0.0, 1.0)))
        return self._task("reseat", people, exact=False)

    def _reopen(self, size: int) -> Task | None:
        """People free at the same times, placed anew with groups that could open for them."""
        person = self._someone()
        slots, mask = self._some_cells(person, self.random.choice((2, 3, 4)))
        people = self._like(person, mask, self.random.randint(5, size), worse_off=1.0)
        fewest = self.tables.slots
        openings = [s for s in slots if sum(self.can[p] >> s & 1 for p in people) >= fewest[s].fewest - 2]
        return self._task("reopen", people, openings, exact=False)

    def _close(self, size: int) -> Task | None:
        """A group closed, better a small one, and its people placed anew."""
        slot = self._a_group()
        if slot is None:
            return None
        return self._task("close", sorted(self.week.members[slot]), exact=False, close=(slot,))

    def _a_group(self) -> int | None:
        """A group, the more likely the smaller."""
        slots = sorted(self.week.leader)
        weights = [4.0 / (1 + len(self.week.members[s])) for s in slots]
        return self.random.choices(slots, weights)[0] if slots else None

    def _cohort(self, size: int) -> Task | None:
        """People who are free at the same times, and the groups that could open then."""
        person = self._someone()
        slots, mask = self._some_cells(person, self.random.choice((2, 3, 4)))
        people = self._like(person, mask, size, worse_off=self.random.choice((0.3, 1.0)))
        return self._task("cohort", people, slots)

    def _short(self, size: int) -> Task | None:
        """Someone whose week costs much, and those who hold the seats they could have."""
        person = self._someone()
        near: dict[int, float] = {}
        for slot in self.tables.people[person].slots:
            if slot in self.week.leader and slot not in self.week.attend[person]:
                for other in sorted(self.week.members[slot]):
                    near[other] = near.get(other, 0) + 1
        ranked = sorted(near, key=lambda other: near[other] * self.random.random(), reverse=True)
        openings, _ = self._some_cells(person, 1)
        return self._task("short", [person, *ranked[: size - 1]], openings)

    def _group(self, size: int) -> Task | None:
        """The people of one group, and some who are waiting: it may close, or fill up."""
        slot = self._a_group()
        if slot is None:
            return None
        members = sorted(self.week.members[slot])
        self.random.shuffle(members)
        waiting = [p for p in self.tables.eligible[slot] if p not in self.week.members[slot]]
        waiting.sort(key=lambda p: self.costs[p] * self.random.random(), reverse=True)
        return self._task("group", [*members[:size], *waiting[: min(max(0, size - len(members)), 4)]])

    def _cell(self, size: int) -> Task | None:
        """One or two parts of the week: many who can come then, every group that could be held, every leader."""
        cells = self.random.sample(list(self.cells), min(self.random.choice((1, 2)), len(self.cells)))
        slots = [slot for cell in cells for slot in self.cells[cell]]
        mask = _mask(slots)
        here = [p for p in range(len(self.can)) if self.can[p] & mask]
        here.sort(key=lambda p: (self.costs[p] + 600) * self.random.random(), reverse=True)
        days = tuple(sorted({day for day, _ in cells}))
        return self._task("cell", here[:size], slots, days, other_leaders=True) if here else None

    def _day(self, size: int) -> Task | None:
        """Many people on two days, in the groups there are."""
        days = tuple(sorted(self.random.sample(self.days, min(2, len(self.days)))))
        block = self.random.choice(list(self.cells))[1]
        masks = [self.masks[day, block] for day in days if (day, block) in self.masks]
        here = [p for p in range(len(self.can)) if any(self.can[p] & mask for mask in masks)]
        here.sort(key=lambda p: (self.costs[p] + 600) * self.random.random(), reverse=True)
        return self._task("day", here[:size], (), days, other_leaders=True) if here else None

    def _another_time(self, size: int) -> Task | None:
        """A group's people, some who want one like it, and every time at which it could be held instead."""
        slot = self._a_group()
        if slot is None:
            return None
        kind, inside = self.tables.slots[slot].type, self.week.members[slot]
        members = sorted(inside)
        self.random.shuffle(members)
        others = [
            row.index for row in self.tables.people if row.required.get(kind) and row.index not in inside
        ]
        others.sort(key=lambda p: self.costs[p] * self.random.random(), reverse=True)
        people = [*members[:size], *others[: max(2, size - len(members))]][: max(4, size)]
        openings = [row.index for row in self.tables.slots if row.type == kind]
        return self._task("another time", people, openings + self.cells[self.random.choice(list(self.cells))])

    def _two_cells(self, size: int) -> Task | None:
        """Those who come at one part of the week, and some who could: it and another part may be filled anew."""
        used = [c for c, slots in self.cells.items() if not self.week.leader.keys().isdisjoint(slots)]
        if not used:
            return None
        cell, other = self.random.choice(used), self.random.choice(list(self.cells))
        come = {p for slot in self.cells[cell] for p in self.week.members[slot]}
        here = sorted(come)
        self.random.shuffle(here)
        could = [p for p in range(len(self.can)) if p not in come and self.can[p] & self.masks[cell]]
        could.sort(key=lambda p: self.costs[p] * self.random.random(), reverse=True)
        openings = self.cells[cell] + self.cells[other]
        days = tuple(sorted({cell[0], other[0]}))
        leaders = self.random.random() < 0.5
        return self._task("two cells", [*here, *could][:size], openings, days, other_leaders=leaders)


def _mask(slots: Iterable[int]) -> int:
    """Slots as the bits of one number."""
    mask = 0
    for slot in slots:
        mask |= 1 << slot
    return mask
