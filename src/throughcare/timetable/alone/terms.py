"""The terms of one person's week: what is on offer, what each choice costs everyone, what must be kept."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from throughcare.timetable.problem import OneToOne, Person, Plan, Problem, Slot, SlotKey
from throughcare.timetable.standing import Standing

# Dearer than anything a week can cost: a seat without which a group could not meet is kept.
KEEP = 1_000_000.0


@dataclass(frozen=True)
class Week:
    """A week for one person. `cost`: what the whole plan gains or loses by it, against no week at all, in weights."""

    person: str
    cost: float
    slots: frozenset[SlotKey]
    ones: Mapping[str, tuple[int, int]]
    missing_hours: float
    shape: frozenset[tuple[int, str]]
    opens: Mapping[SlotKey, str] = field(default_factory=dict)


class Piece(NamedTuple):
    """A session or one-to-one that could be part of a day: from tick `start` up to `end`."""

    start: int
    end: int
    bits: int
    cost: float
    what: SlotKey | str


@dataclass(frozen=True)
class Terms:
    """What one person may choose from: pieces of each day, and the groups that choosing a piece would open."""

    problem: Problem
    person: Person
    pieces: tuple[tuple[Piece, ...], ...]
    # Types of groups and kinds of one-to-ones, each with the bit that stands for it in `Piece.bits`.
    bits: Mapping[str, int]
    # For each day, each series that meets then: its bit, whether that is its first day, and how often it meets.
    series: tuple[tuple[tuple[int, bool, int], ...], ...]
    opens: Mapping[SlotKey, str]


def terms_of(
    standing: Standing,
    person: str,
    *,
    kept: Plan | None = None,
    bound: Collection[SlotKey] = (),
    banned: Collection[SlotKey] = (),
    opens: Mapping[SlotKey, str] | None = None,
    shared_by: int = 1,
    crowded: float | None = None,
) -> Terms:
    """What is on offer to a person who has been cleared from the standing week.

    `kept`: the published week; what it gave and this week would not costs its price. `bound`: seats that must be
    kept. `opens`: groups that would meet if the person came, with who would lead them; what opening costs is
    borne by `shared_by` people. `crowded`: the price of a seat in a full group, or of a time at which staff
    see someone else, which another person would have to give up; None offers none.
    """
    choices = _Choices(standing, person, kept or Plan(), bound, banned, opens or {}, shared_by, crowded)
    return choices.terms()


@dataclass(frozen=True)
class _Choices:
    """What `terms_of` is told, by its names."""

    standing: Standing
    person: str
    kept: Plan
    bound: Collection[SlotKey]
    banned: Collection[SlotKey]
    opens: Mapping[SlotKey, str]
    shared_by: int
    crowded: float | None

    def terms(self) -> Terms:
        """All pieces of all days, the cheapest of each sort."""
        problem, who = self.standing.problem, self.standing.problem.people[self.person]
        bits = _bits(problem, who)
        series = _series_bits(self.standing, self.person, self.banned, 1 << len(bits))
        pieces: list[list[Piece]] = [[] for _ in range(problem.days)]
        for day, piece in (*self._sessions(bits, series), *self._visits(bits)):
            pieces[day].append(piece)
        days = _series_days(problem, series)
        return Terms(problem, who, tuple(_cheapest(day) for day in pieces), bits, days, self.opens)

    def _sessions(self, bits: Mapping[str, int], series: Mapping[str, int]) -> Iterator[tuple[int, Piece]]:
        problem, published = self.standing.problem, self.kept.attend.get(self.person, frozenset())
        for key in [*self.standing.members, *(key for key in self.opens if key not in self.standing.members)]:
            slot = problem.slots[key]
            if key.type not in bits or key in self.banned or slot.series not in (None, *series):
                continue
            cost = self._price(slot)
            if cost is not None:
                cost += problem.people[self.person].variants[key.type][key.variant]
                cost -= problem.weights.change * (key in published) + KEEP * (key in self.bound)
                mark = bits[key.type] | (series[slot.series] if slot.series else 0)
                yield key.day, Piece(slot.ticks[0], slot.ticks[-1] + 1, mark, cost, key)

    def _price(self, slot: Slot) -> float | None:
        """What one more person does to the cost of a group's size, or its opening; None where there is no seat."""
        standing, key = self.standing, slot.key
        if key not in standing.members:
            if not standing.admits(self.person, key):
                return None
            opening = opening_cost(standing, key, self.opens[key]) + _size_cost(standing.problem, slot, 1)
            return opening / self.shared_by
        size = len(standing.members[key])
        if standing.may_sit(self.person, key):
            return _size_cost(standing.problem, slot, size + 1) - _size_cost(standing.problem, slot, size)
        return self.crowded if standing.may_replace(self.person, key) else None

    def _visits(self, bits: Mapping[str, int]) -> Iterator[tuple[int, Piece]]:
        who, held = self.standing.problem.people[self.person], self.kept.ones.get(self.person, {})
        for one in who.ones:
            for day, start in _visit_times(self.standing, who, one, displacing=self.crowded is not None):
                cost = -self.standing.problem.weights.change * (held.get(one.kind) == (day, start))
                if self.crowded is not None and not self.standing.may_visit(self.person, one, (day, start)):
                    cost += self.crowded
                yield day, Piece(start, start + one.ticks, bits[_visit(one.kind)], cost, one.kind)


def _visit(kind: str) -> str:
    """The name of a one-to-one beside the names of types, which may be the same word."""
    return f"one-to-one: {kind}"


def _bits(problem: Problem, who: Person) -> dict[str, int]:
    """A bit for each type the person may come to, then one for each one-to-one."""
    types = [
        name
        for name, kind in sorted(problem.kinds.items())
        if who.required.get(name, 0) or (kind.flexible and who.flexible_hours)
    ]
    names = [name for name in types if who.variants.get(name)] + [_visit(one.kind) for one in who.ones]
    return {name: 1 << place for place, name in enumerate(names)}


def _series_bits(standing: Standing, person: str, banned: Collection[SlotKey], bit: int) -> dict[str, int]:
    """A bit for each series that meets whole and has a seat for this person at every meeting."""
    meetings: dict[str, list[SlotKey]] = {}
    for key, slot in standing.problem.slots.items():
        if slot.series is not None:
            meetings.setdefault(slot.series, []).append(key)
    found = {}
    for name, keys in sorted(meetings.items()):
        if all(k in standing.members and k not in banned and standing.may_sit(person, k) for k in keys):
            found[name] = bit
            bit <<= 1
    return found


def _series_days(
    problem: Problem, series: Mapping[str, int]
) -> tuple[tuple[tuple[int, bool, int], ...], ...]:
    times: dict[str, list[int]] = {name: [0] * problem.days for name in series}
    for key, slot in problem.slots.items():
        if slot.series in series:
            times[str(slot.series)][key.day] += 1
    return tuple(
        tuple(
            (series[name], not any(often[:day]), often[day])
            for name, often in sorted(times.items())
            if often[day]
        )
        for day in range(problem.days)
    )


def opening_cost(standing: Standing, key: SlotKey, leader: str) -> float:
    """What an open group costs by the hours it runs and what its leader leads beyond the target."""
    problem, hours = standing.problem, standing.problem.kinds[key.type].hours
    over = standing.led[leader] - problem.staff[leader].target_group_hours
    unfair = max(0.0, over + hours) - max(0.0, over)
    return problem.weights.open * hours + problem.weights.fair * unfair


def _size_cost(problem: Problem, slot: Slot, size: int) -> float:
    low, high = slot.good
    return problem.weights.size * (max(0, low - size) + max(0, size - high))


def _visit_times(
    standing: Standing, who: Person, one: OneToOne, *, displacing: bool
) -> list[tuple[int, int]]:
    problem = standing.problem
    return [
        (day, start)
        for day in range(problem.days)
        for start in sorted(who.free[day])
        if who.free[day].issuperset(range(start, start + one.ticks))
        and standing.may_visit(who.id, one, (day, start), displacing=displacing)
    ]


def _cheapest(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Of pieces that count for the same and take the same time, the cheapest, in a fixed order."""
    best: dict[tuple[int, int, int], Piece] = {}
    for piece in sorted(pieces, key=lambda piece: (piece.cost, repr(piece.what))):
        best.setdefault((piece.start, piece.end, piece.bits), piece)
    return tuple(sorted(best.values(), key=lambda piece: piece[:4]))
