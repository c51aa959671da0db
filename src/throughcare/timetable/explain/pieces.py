"""All that could be part of one person's week while everyone else keeps theirs, each with the limits in its way."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from throughcare.timetable.explain.limits import (
    APART,
    CLOSED,
    FREE,
    NEVER,
    OPEN,
    SEAT,
    STAFF,
    STARTS,
    VARIANT,
    Limit,
)
from throughcare.timetable.problem import OneToOne, Person, Plan, Problem, Slot, SlotKey
from throughcare.timetable.standing import Standing


class Piece(NamedTuple):
    """A session or one-to-one within one block of a day. `bit` is what it counts for: a type, or a one-to-one."""

    start: int
    end: int
    bit: int
    cost: float
    limits: frozenset[Limit]
    what: SlotKey | str


@dataclass(frozen=True)
class Offered:
    """What one person could have: pieces by (day, block), and the groups that can't go on without them."""

    problem: Problem
    person: Person
    # Types and one-to-ones by place; the place is the bit.
    names: tuple[str, ...]
    pieces: Mapping[tuple[int, str], tuple[Piece, ...]]
    kept: frozenset[SlotKey]

    def limits(self) -> frozenset[Limit]:
        """Every limit that is in some piece's way."""
        return frozenset(chain.from_iterable(p.limits for row in self.pieces.values() for p in row))


def offered_to(
    problem: Problem, plan: Plan, person: str, *, as_it_is: bool = False, standing: Standing | None = None
) -> Offered:
    """All pieces for a person of a plan; `as_it_is`: only those that no limit is in the way of.

    `standing` is the plan as it stands, where it is known; it is the same afterwards.
    """
    standing, who = standing or Standing(problem, plan), problem.people[person]
    kept = frozenset(key for key in standing.weeks[person] if _needed(standing, key))
    before = standing.weeks_of([person])
    standing.clear(person)
    names = (*_types(problem, who), *(f"one-to-one: {one.kind}" for one in who.ones))
    bits = {name: place for place, name in enumerate(names)}
    found: dict[tuple[int, str], list[Piece]] = {}
    for key in standing.members if as_it_is else problem.slots:
        slot = problem.slots[key]
        if key.type in bits and not (as_it_is and not standing.may_sit(person, key)):
            cost = _cost(problem, standing, who, slot)
            for block, limits in _group(problem, standing, who, slot):
                piece = Piece(slot.ticks[0], slot.ticks[-1] + 1, bits[key.type], cost, limits, key)
                found.setdefault((key.day, block), []).append(piece)
    for place, one in enumerate(who.ones, len(names) - len(who.ones)):
        for day, block, start, limits in _visit(problem, standing, who, one):
            if not (as_it_is and limits):
                piece = Piece(start, start + one.ticks, place, 0.0, limits, one.kind)
                found.setdefault((day, block), []).append(piece)
    standing.put_back(before)
    chosen = {key for key, slot in problem.slots.items() if slot.series is not None}.union(
        kept, plan.attend.get(person, ())
    )
    simple = {part: tuple(rows) if as_it_is else _simplest(rows, chosen) for part, rows in found.items()}
    return Offered(problem, who, names, simple, kept)


def _needed(standing: Standing, key: SlotKey) -> bool:
    """Whether others would lose a group if one person left it."""
    return 1 < len(standing.members[key]) <= standing.problem.slots[key].fewest


def _types(problem: Problem, who: Person) -> tuple[str, ...]:
    """The types that the person's prescription has room for."""
    return tuple(
        name
        for name, kind in problem.kinds.items()
        if who.required.get(name, 0) > 0 or (kind.flexible and who.flexible_hours > 0)
    )


def _blocks(problem: Problem, first: int, last: int) -> Iterator[str]:
    for name, run in problem.blocks.items():
        if first in run and last in run:
            yield name


def _group(
    problem: Problem, standing: Standing, who: Person, slot: Slot
) -> Iterator[tuple[str, frozenset[Limit]]]:
    """The blocks a group lies in, each with the limits that keep the person from it."""
    key = slot.key
    limits = set()
    if slot.closed_to is not None and who.id not in slot.closed_to:
        limits.add(Limit(CLOSED, slot=key))
    if key.variant not in who.variants.get(key.type, {}):
        limits.add(Limit(VARIANT, key.type))
    if key in standing.members:
        limits |= _company(problem, standing, who, key)
    for block in _blocks(problem, slot.ticks[0], slot.ticks[-1]):
        here = set(limits)
        if key not in standing.members:
            here.add(Limit(OPEN, key.type, key.day))
        if not who.free[key.day].issuperset(slot.ticks):
            here.add(Limit(FREE, day=key.day))
        yield block, frozenset(here)


def _company(problem: Problem, standing: Standing, who: Person, key: SlotKey) -> set[Limit]:
    """What keeps a person from a group that meets: no seat, someone in it, its leader."""
    members = standing.members[key]
    found = {
        Limit(APART, other)
        for one, two in problem.apart
        if who.id in (one, two) and (other := two if one == who.id else one) in members
    }
    size = len(members) + 1
    if size > problem.slots[key].most or not standing.fits_rooms(key, size):
        found.add(Limit(SEAT, slot=key))
    if (who.id, standing.leaders[key]) in problem.never_with:
        found.add(Limit(NEVER, standing.leaders[key]))
    return found


def _visit(
    problem: Problem, standing: Standing, who: Person, one: OneToOne
) -> Iterator[tuple[int, str, int, frozenset[Limit]]]:
    """Every time a one-to-one could be, with the limits in its way."""
    at_any_time = replace(one, starts=None)
    for day in range(problem.days):
        for start in range(problem.ticks - one.ticks + 1):
            ticks = range(start, start + one.ticks)
            comes = who.free[day].issuperset(ticks)
            for block in _blocks(problem, start, start + one.ticks - 1):
                limits = set() if comes else {Limit(FREE, day=day)}
                if one.starts is not None and (day, start) not in one.starts:
                    limits.add(Limit(STARTS, one.kind))
                if not standing.may_visit(who.id, at_any_time, (day, start)):
                    limits.add(Limit(STAFF, one.kind, day))
                yield day, block, start, frozenset(limits)


def _cost(problem: Problem, standing: Standing, who: Person, slot: Slot) -> float:
    """What the person's coming costs: the variant, the change in size, less what a published seat would cost."""
    (low, high), size = slot.good, len(standing.members.get(slot.key, ()))
    outside = -1 if size < low else 1 if size >= high else 0
    published = problem.previous is not None and slot.key in problem.previous.attend.get(who.id, ())
    wish = who.variants.get(slot.key.type, {}).get(slot.key.variant, 0)
    return wish + problem.weights.size * outside - problem.weights.change * published


def _simplest(pieces: list[Piece], standing_out: Collection[SlotKey]) -> tuple[Piece, ...]:
    """Pieces without those for which another counts the same at the same time, is as cheap, and has no more limits."""
    best: dict[tuple[int, int, int], list[Piece]] = {}
    for piece in sorted(pieces, key=lambda piece: (len(piece.limits), piece.cost, str(piece.what))):
        known = best.setdefault((piece.start, piece.end, piece.bit), [])
        if piece.what in standing_out or not any(
            one.limits <= piece.limits and one.cost <= piece.cost and one.what not in standing_out
            for one in known
        ):
            known.append(piece)
    return tuple(piece for row in best.values() for piece in row)
