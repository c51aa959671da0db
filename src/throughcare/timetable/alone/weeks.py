"""A person's best weeks of all there are: their days put together by dynamic programming.

Exact: a beginning of a week is left out only where no ending could bring it under a week already found.
"""

import math
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from throughcare.timetable.alone.days import Day, days_of
from throughcare.timetable.alone.need import Need, State
from throughcare.timetable.alone.terms import Terms, Week
from throughcare.timetable.problem import SlotKey

# How many beginnings the first, rough pass keeps for each day.
BEAM = 20
# Weeks dearer than the best by more than this (two hours unmet and something) are not worth offering beside it.
GOOD = 250.0


class _Entry(NamedTuple):
    """A beginning of a week, as a chain of its days."""

    cost: float
    shape: tuple[tuple[int, str], ...]
    before: "_Entry | None"
    day: Day | None


# What the person has by then, the series begun, the days used.
_Node = tuple[State, int, int]
_Layer = dict[_Node, list[_Entry]]


def best_weeks(terms: Terms, most: int = 1) -> tuple[Week, ...]:
    """The cheapest weeks that differ in their days or blocks, cheapest first; none much dearer than the first."""
    return _Weeks(terms, most).find()


class _Weeks:
    def __init__(self, terms: Terms, most: int) -> None:
        self.terms, self.most = terms, most
        self.need = Need(terms)
        self.days = [days_of(terms, day) for day in range(terms.problem.days)]
        self.ahead = _Ahead(terms, self.need, self.days)

    def find(self) -> tuple[Week, ...]:
        rough = self._ends(self._walk(beam=BEAM, limit=None))
        limit = rough[self.most - 1][0] if len(rough) >= self.most else rough[0][0] + GOOD
        limit = min(limit, rough[0][0] + GOOD)
        return tuple(self._week(*end) for end in self._ends(self._walk(beam=None, limit=limit)))

    def _walk(self, beam: int | None, limit: float | None) -> _Layer:
        layer: _Layer = {(self.need.nothing, 0, 0): [_Entry(0.0, (), None, None)]}
        for number, days in enumerate(self.days):
            layer = self._next(layer, number, days, limit)
            if beam is not None and len(layer) > beam:
                ranked = sorted(layer, key=lambda node: (self._hope(layer, node), node))
                layer = {node: layer[node] for node in ranked[:beam]}
        return layer

    def _hope(self, layer: _Layer, node: _Node) -> float:
        return layer[node][0].cost + self.need.shortfall(node[0])

    def _next(self, layer: _Layer, number: int, days: dict[int, list[Day]], limit: float | None) -> _Layer:
        """The beginnings one day further: those without this day, and those with each day it could be."""
        after: _Layer = {}
        must = sum(bit for bit, first, _ in self.terms.series[number] if not first)
        firsts = sum(bit for bit, first, _ in self.terms.series[number] if first)
        ceiling = math.inf if limit is None else limit + 1e-6
        for (state, begun, used), entries in layer.items():
            if not begun & must and self._is_open((state, begun, used), entries[0].cost, number, ceiling):
                self._keep(after, (state, begun, used), entries)
            full = -1 if used == self.terms.person.most_days else self.need.full(state)
            hours, saving = self.ahead.most(number, used + 1)
            spare, missing = ceiling - entries[0].cost - saving, self.need.missing_hours(state) - hours
            for bits, choices in days.items():
                if bits & full or bits & must != begun & must:
                    continue
                # The quick test first: with so few hours even the best ending would be too dear.
                if choices[0].cost + self.need.weights.unmet * (missing - self.need.hours_of(bits)) > spare:
                    continue
                got = self.need.add(state, bits)
                if got is None:
                    continue
                node = (got, begun | bits & firsts, used + 1)
                least = entries[0].cost + choices[0].cost
                if self._is_open(node, least, number, ceiling) and self._is_wanted(after, node, least):
                    self._keep(after, node, self._longer(entries, choices, number))
        return after

    def _is_open(self, node: _Node, cost: float, number: int, ceiling: float) -> bool:
        """Whether a beginning of this cost can still come to something."""
        return ceiling == math.inf or cost + self.ahead.least(node[0], number, node[2]) <= ceiling

    def _is_wanted(self, layer: _Layer, node: _Node, cost: float) -> bool:
        """Whether a beginning of this cost is among the cheapest of its node."""
        kept = layer.get(node)
        return kept is None or len(kept) < self.most or cost < kept[-1].cost

    def _longer(self, entries: list[_Entry], choices: list[Day], number: int) -> list[_Entry]:
        return [
            _Entry(entry.cost + day.cost, (*entry.shape, (number, day.block)), entry, day)
            for day in choices[: self.most]
            for entry in entries
        ]

    def _keep(self, layer: _Layer, node: _Node, entries: Iterable[_Entry]) -> None:
        """Add beginnings to a node: the cheapest few of different shapes stay."""
        kept = layer.get(node, [])
        for entry in entries:
            if len(kept) < self.most or entry.cost < kept[-1].cost:
                kept = [entry] if self.most == 1 else _with(kept, entry, self.most)
        layer[node] = kept

    def _ends(self, layer: _Layer) -> list[tuple[float, _Node, _Entry]]:
        ends = [
            (entry.cost + self.need.shortfall(node[0]), node, entry)
            for node, entries in layer.items()
            for entry in entries
        ]
        found: list[tuple[float, _Node, _Entry]] = []
        shapes = set()
        for end in sorted(ends, key=lambda end: (round(end[0], 6), end[2].shape, end[1])):
            if end[2].shape not in shapes:
                shapes.add(end[2].shape)
                found.append(end)
        return found[: self.most]

    def _week(self, cost: float, node: _Node, entry: _Entry) -> Week:
        slots: set[SlotKey] = set()
        ones: dict[str, tuple[int, int]] = {}
        shape = frozenset(entry.shape)
        at: _Entry | None = entry
        while at is not None and at.day is not None:
            for piece in at.day.pieces:
                if isinstance(piece.what, SlotKey):
                    slots.add(piece.what)
                else:
                    ones[piece.what] = (at.shape[-1][0], piece.start)
            at = at.before
        opens = {key: self.terms.opens[key] for key in sorted(slots) if key in self.terms.opens}
        missing = self.need.missing_hours(node[0])
        return Week(self.terms.person.id, cost, frozenset(slots), ones, missing, shape, opens)


def _with(kept: list[_Entry], entry: _Entry, most: int) -> list[_Entry]:
    """The cheapest `most` of these, one of each shape."""
    others = [known for known in kept if known.shape != entry.shape or known.cost < entry.cost]
    if any(known.shape == entry.shape for known in others):
        return kept
    return sorted([*others, entry], key=lambda known: (known.cost, known.shape))[:most]


class _Ahead:
    """What the days to come can still bring: the most hours, and the most that they may save."""

    def __init__(self, terms: Terms, need: Need, days: list[dict[int, list[Day]]]) -> None:
        self.need = need
        self.most_days = terms.person.most_days
        longest = [max((need.hours_of(bits) for bits in each), default=0.0) for each in days]
        saving = [min((one[0].cost for one in each.values()), default=0.0) for each in days]
        from_each = range(len(days) + 1)
        self._hours = [_sums(sorted(longest[number:], reverse=True)) for number in from_each]
        self._saving = [_sums(sorted(min(0.0, cost) for cost in saving[number:])) for number in from_each]
        self._least: dict[tuple[State, int, int], float] = {}

    def most(self, number: int, used: int) -> tuple[float, float]:
        """The most hours, and the most saved (0 or less), by the days after `number` when so many days are used."""
        left = max(0, min(self.most_days - used, len(self._hours[number + 1]) - 1))
        return self._hours[number + 1][left], self._saving[number + 1][left]

    def least(self, state: State, number: int, used: int) -> float:
        """The least that a week may still cost after day `number` on top of what its days cost so far."""
        key = (state, number, used)
        if key not in self._least:
            hours, saving = self.most(number, used)
            self._least[key] = self.need.shortfall(state, hours) + saving
        return self._least[key]


def _sums(numbers: list[float]) -> list[float]:
    """The sum of none of these, of the first, of the first two, and so on."""
    return [0.0, *accumulate(numbers)]
