"""Whether a person's whole goal can be reached when some limits are set aside: exact, by their days in turn."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import NamedTuple

from throughcare.timetable.explain.days import Day, days_of
from throughcare.timetable.explain.goal import Goal
from throughcare.timetable.explain.limits import DAYS, FREE, KEEP, LONGEST, Limit
from throughcare.timetable.explain.pieces import Offered, Piece
from throughcare.timetable.problem import Plan, SlotKey

# So many series at most are tried together; a clinic has one or two that suit a person.
MOST_SERIES = 4
# So many steps are spent on a cheaper week once one is found.
STEPS = 60_000


class _Way(NamedTuple):
    """One way to spend a day: what it takes from the goal."""

    delta: int
    cost: float
    day: Day


@dataclass(frozen=True)
class Found:
    """A week that reaches the goal."""

    pieces: tuple[tuple[int, Piece], ...]

    @property
    def slots(self) -> frozenset[SlotKey]:
        """Its groups."""
        return frozenset(piece.what for _, piece in self.pieces if isinstance(piece.what, SlotKey))

    @property
    def ones(self) -> dict[str, tuple[int, int]]:
        """Its one-to-ones."""
        return {piece.what: (day, piece.start) for day, piece in self.pieces if isinstance(piece.what, str)}


class Search:
    """Asks again and again whether one person's goal can be reached; what a day allows is remembered."""

    def __init__(self, offered: Offered, plan: Plan | None = None) -> None:
        self.offered, self.goal = offered, Goal(offered, plan)
        self.problem, self.person = offered.problem, offered.person
        self._ways: dict[tuple[object, ...], list[_Way]] = {}
        self._liking: dict[tuple[int, int, int], float] = {}
        self._of_day = {
            day: frozenset(
                chain.from_iterable(
                    p.limits for part, row in offered.pieces.items() if part[0] == day for p in row
                )
            )
            for day in range(self.problem.days)
        }
        self.series: dict[str, frozenset[SlotKey]] = {}
        for key, slot in self.problem.slots.items():
            if slot.series is not None:
                self.series[slot.series] = self.series.get(slot.series, frozenset()) | {key}

    def find(
        self,
        aside: Collection[Limit] = (),
        *,
        must: Collection[SlotKey] = (),
        never: Collection[SlotKey] = (),
        cheap: bool = False,
    ) -> Found | None:
        """A week that reaches the whole goal with these limits set aside; None when there is none.

        `must`: groups it has; `never`: groups it doesn't have; `cheap`: not the first that is found, but a good one.
        """
        without = frozenset(aside)
        kept = {key for key in self.offered.kept if Limit(KEEP, slot=key) not in without and key not in never}
        for joined in self._series():
            musts = frozenset({*kept, *must, *chain.from_iterable(self.series[name] for name in joined)})
            if any(self._series_of(key) not in (None, *joined) for key in musts):
                continue
            found = self._walk(without, musts, frozenset(never), joined, cheap)
            if found is not None:
                return found
        return None

    def _series(self) -> Iterator[tuple[str, ...]]:
        """The series a person might join, together; none first."""
        offered = {p.what for row in self.offered.pieces.values() for p in row}
        names = sorted(name for name, keys in self.series.items() if keys <= offered)[:MOST_SERIES]
        return chain.from_iterable(combinations(names, number) for number in range(len(names) + 1))

    def _series_of(self, key: SlotKey | str) -> str | None:
        return self.problem.slots[key].series if isinstance(key, SlotKey) else None

    def _walk(
        self,
        aside: frozenset[Limit],
        must: frozenset[SlotKey],
        never: frozenset[SlotKey],
        joined: tuple[str, ...],
        cheap: bool,
    ) -> Found | None:
        days = [
            (self._ways_of(day, aside, must, never, joined), any(key.day == day for key in must))
            for day in range(self.problem.days)
        ]
        days.sort(key=lambda one: len(one[0]))
        most = self.problem.days if Limit(DAYS) in aside else self.person.most_days
        return _Walk(self.goal, days, most).find(cheap)

    def _ways_of(
        self,
        day: int,
        aside: frozenset[Limit],
        must: frozenset[SlotKey],
        never: frozenset[SlotKey],
        joined: tuple[str, ...],
    ) -> list[_Way]:
        """Every way to spend a day, the fullest first."""
        here = aside & self._of_day[day]
        musts = frozenset(key for key in must if key.day == day)
        nevers = frozenset(key for key in never if key.day == day)
        mark = (day, here, Limit(LONGEST) in aside, musts, nevers, joined)
        if mark not in self._ways:
            longest = self.problem.ticks if Limit(LONGEST) in aside else self.person.longest_day
            best: dict[int, _Way] = {}
            for one in self._days(day, here, longest, musts, nevers, joined):
                for delta in self.goal.deltas(one.bits):
                    if delta not in best or one.cost < best[delta].cost:
                        best[delta] = _Way(delta, one.cost, one)
            self._ways[mark] = sorted(
                best.values(), key=lambda way: (-self.goal.left(way.delta), way.cost, way.delta)
            )
        return self._ways[mark]

    def _days(
        self,
        day: int,
        aside: frozenset[Limit],
        longest: int,
        must: frozenset[SlotKey],
        never: frozenset[SlotKey],
        joined: tuple[str, ...],
    ) -> Iterator[Day]:
        for block in self.problem.blocks:
            pieces = [
                piece
                for piece in self.offered.pieces.get((day, block), ())
                if piece.limits <= aside
                and piece.what not in never
                and self._series_of(piece.what) in (None, *joined)
            ]
            wide = Limit(FREE, day=day) in aside
            yield from days_of(
                self.problem,
                day,
                pieces,
                longest=longest,
                must=must,
                may_wait=lambda tick, wide=wide: wide or tick in self.person.free[day],  # type: ignore[misc]
                liking=lambda first, last: self._like(day, first, last),
            ).values()

    def _like(self, day: int, first: int, last: int) -> float:
        """What a day costs by where it lies. Blocks are runs: one with the first and the last tick has all between."""
        mark = (day, first, last)
        if mark not in self._liking:
            block = self.problem.block_of(frozenset((first, last)))
            self._liking[mark] = 0 if block is None else self.person.liking.get((day, block), 0)
        return self._liking[mark]


class _Walk:
    """Days in turn, each spent in one way or left out, until the goal is reached."""

    def __init__(self, goal: Goal, days: list[tuple[list[_Way], bool]], most_days: int) -> None:
        self.goal, self.days, self.most_days = goal, days, most_days
        self.dead: set[tuple[int, int, int]] = set()
        self.cheapest: dict[tuple[int, int, int], tuple[float, _Way | None] | None] = {}
        self.steps = 0
        tops = [goal.most([way.delta for way in ways]) for ways, _ in days]
        # What so many days, of those from one on, can take of each count at most.
        self.ahead = [goal.best_of(tops[place:], most_days) for place in range(len(days) + 1)]

    def find(self, cheap: bool) -> Found | None:
        chosen: list[Day] = []
        if not self._first(0, self.goal.whole, self.most_days, chosen):
            return None
        if cheap and (better := self._cheap()) is not None:
            chosen = better
        return Found(tuple((day.number, piece) for day in chosen for piece in day.pieces))

    def _hopeless(self, place: int, rest: int, left: int) -> bool:
        """Whether so many days, of those from this one on, can't take all the rest."""
        return not self.goal.fits(rest, self.ahead[place][left])

    def _first(self, place: int, rest: int, left: int, chosen: list[Day]) -> bool:
        """Whether the rest of the goal can be reached from this day on; the days are put into `chosen`."""
        if place == len(self.days):
            return rest == 0
        state = (place, rest, left)
        if state in self.dead or self._hopeless(place, rest, left):
            return False
        ways, must = self.days[place]
        if left:
            # The same as `fits`, written out: this is where the time goes.
            guard, room = self.goal.guard, rest | self.goal.guard
            ahead = self.ahead[place + 1][left - 1] | guard
            for way in ways:
                after = rest - way.delta
                if (
                    (room - way.delta) & guard == guard
                    and (ahead - after) & guard == guard
                    and self._first(place + 1, after, left - 1, chosen)
                ):
                    chosen.append(way.day)
                    return True
        if not must and self._first(place + 1, rest, left, chosen):
            return True
        self.dead.add(state)
        return False

    def _cheap(self) -> list[Day] | None:
        """The days of the cheapest week; None when it takes too long to tell."""
        try:
            self._least(0, self.goal.whole, self.most_days)
        except TimeoutError:
            return None
        chosen: list[Day] = []
        rest, left = self.goal.whole, self.most_days
        for place in range(len(self.days)):
            best = self.cheapest[place, rest, left]
            way = best[1] if best is not None else None
            if way is not None:
                chosen.append(way.day)
                rest, left = rest - way.delta, left - 1
        return chosen

    def _least(self, place: int, rest: int, left: int) -> float | None:
        """The least cost of reaching the rest of the goal from this day on."""
        if place == len(self.days):
            return 0.0 if rest == 0 else None
        state = (place, rest, left)
        if state not in self.cheapest:
            self.cheapest[state] = None
            if state not in self.dead and not self._hopeless(place, rest, left):
                self.cheapest[state] = self._best_way(place, rest, left)
        found = self.cheapest[state]
        return None if found is None else found[0]

    def _best_way(self, place: int, rest: int, left: int) -> tuple[float, _Way | None] | None:
        ways, must = self.days[place]
        best: tuple[float, _Way | None] | None = None
        if not must and (cost := self._least(place + 1, rest, left)) is not None:
            best = (cost, None)
        self.steps += len(ways)
        if self.steps > STEPS:
            raise TimeoutError
        for way in ways if left else ():
            if self.goal.fits(way.delta, rest):
                cost = self._least(place + 1, rest - way.delta, left - 1)
                if cost is not None and (best is None or cost + way.cost < best[0]):
                    best = (cost + way.cost, way)
        return best
