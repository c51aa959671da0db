"""The terms of one person's week: what is on offer, what each choice costs everyone, what must be kept."""

from collections.abc import Collection, Mapping
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
    crowded: float | None = None,
) -> Terms:
    """What is on offer to a person who has been cleared from the standing week.

    `kept`: the published week; what it gave and this week would not costs its price. `bound`: seats that must be
    kept. `opens`: groups that would meet if the person came, with who would lead them. `crowded`: the price of a
    seat in a full group, which someone else would have to give up; None offers no such seat.
    """
    problem, who = standing.problem, standing.problem.people[person]
    bits = _bits(problem, who)
    series = _series_bits(standing, person, banned, 1 << len(bits))
    pieces: list[list[Piece]] = [[] for _ in range(problem.days)]
    published = kept.attend.get(person, frozenset()) if kept else frozenset()
    for key in [*standing.members, *(opens or {})]:
        if key.type not in bits or key in banned:
            continue
        slot = problem.slots[key]
        if slot.series is not None and slot.series not in series:
            continue
        price = _price_of_seat(standing, person, key, (opens or {}).get(key), crowded)
        if price is None:
            continue
        cost = who.variants[key.type][key.variant] + price
        cost -= problem.weights.change * (key in published) + KEEP * (key in bound)
        mark = bits[key.type] | (series[slot.series] if slot.series else 0)
        pieces[key.day].append(Piece(slot.ticks[0], slot.ticks[-1] + 1, mark, cost, key))
    visits = kept.ones.get(person, {}) if kept else {}
    for one in who.ones:
        for day, start in _visit_times(standing, who, one):
            cost = -problem.weights.change * (visits.get(one.kind) == (day, start))
            pieces[day].append(Piece(start, start + one.ticks, bits[_visit(one.kind)], cost, one.kind))
    return Terms(
        problem,
        who,
        tuple(_cheapest(day) for day in pieces),
        bits,
        _series_days(problem, series),
        opens or {},
    )


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


def _price_of_seat(
    standing: Standing, person: str, key: SlotKey, leader: str | None, crowded: float | None
) -> float | None:
    """What one more person does to the cost of a group's size, or its opening; None where there is no seat."""
    problem, slot = standing.problem, standing.problem.slots[key]
    if key not in standing.members:
        if leader is None or not standing.admits(person, key):
            return None
        return opening_cost(standing, key, leader) + _size_cost(problem, slot, 1)
    size = len(standing.members[key])
    if standing.may_sit(person, key):
        return _size_cost(problem, slot, size + 1) - _size_cost(problem, slot, size)
    return crowded if crowded is not None and standing.may_replace(person, key) else None


def opening_cost(standing: Standing, key: SlotKey, leader: str) -> float:
    """What an open group costs by the hours it runs and what its leader leads beyond the target."""
    problem, hours = standing.problem, standing.problem.kinds[key.type].hours
    over = standing.led[leader] - problem.staff[leader].target_group_hours
    unfair = max(0.0, over + hours) - max(0.0, over)
    return problem.weights.open * hours + problem.weights.fair * unfair


def _size_cost(problem: Problem, slot: Slot, size: int) -> float:
    low, high = slot.good
    return problem.weights.size * (max(0, low - size) + max(0, size - high))


def _visit_times(standing: Standing, who: Person, one: OneToOne) -> list[tuple[int, int]]:
    problem = standing.problem
    return [
        (day, start)
        for day in range(problem.days)
        for start in sorted(who.free[day])
        if who.free[day].issuperset(range(start, start + one.ticks))
        and standing.may_visit(who.id, one, (day, start))
    ]


def _cheapest(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Of pieces that count for the same and take the same time, the cheapest, in a fixed order."""
    best: dict[tuple[int, int, int], Piece] = {}
    for piece in sorted(pieces, key=lambda piece: (piece.cost, repr(piece.what))):
        best.setdefault((piece.start, piece.end, piece.bits), piece)
    return tuple(sorted(best.values(), key=lambda piece: piece[:4]))
