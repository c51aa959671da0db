"""One person's week against prices: days are built session by session, and weeks day by day, the best few kept.

Quick rather than exact: it makes the first plan, and places people anew, many in a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from operator import itemgetter
from typing import Any, NamedTuple

from throughcare.timetable.search.rows import PersonRow, units
from throughcare.timetable.search.tables import Tables
from throughcare.timetable.search.week import When

# How many half-built days, days and half-built weeks are kept.
RUNS, DAYS, WEEKS = 24, 40, 50


class Session(NamedTuple):
    """Something a person could do at a time: a group (`slot`) or one of their visits (`place`)."""

    start: int
    ticks: int
    cost: int
    minutes: int
    bit: int
    slot: int | None
    place: int | None


class Day(NamedTuple):
    """One possible day: the bits of the types and visits in it."""

    cost: int
    mask: int
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class OneWeek:
    """The week found: groups, visits, and what it costs at the prices asked."""

    slots: frozenset[int]
    ones: dict[int, When]
    cost: int


def best_week(
    tables: Tables, row: PersonRow, prices: Mapping[int, int], visits: Sequence[Sequence[Sequence[int]]]
) -> OneWeek:
    """The cheapest week of those looked at.

    `prices`: slot -> cost in units, only of groups they may take; `visits`: for each one-to-one, for each day, the
    ticks at which it may begin. What is not given costs what an unmet hour costs.
    """
    bits = {kind: 1 << place for place, kind in enumerate(sorted(tables.problem.kinds))}
    days = [
        _days(tables, row, day, _sessions(tables, row, day, prices, visits, bits))
        for day in range(tables.problem.days)
    ]
    return _combine(tables, row, days, bits)


def _sessions(
    tables: Tables,
    row: PersonRow,
    day: int,
    prices: Mapping[int, int],
    visits: Sequence[Sequence[Sequence[int]]],
    bits: Mapping[str, int],
) -> dict[int, list[Session]]:
    """What may begin at each tick: of each type only the cheapest."""
    unmet = round(tables.weights.unmet)
    best: dict[tuple[int, int], Session] = {}
    for slot in row.by_day[day]:
        price = prices.get(slot)
        at = tables.slots[slot]
        # A series is attended whole or not at all; days that are made one by one can't see to that. Exact parts can.
        if price is None or at.series is not None:
            continue
        bit, start = bits[at.key.type], at.ticks[0]
        cost = price - at.minutes * unmet
        if (start, bit) not in best or cost < best[start, bit].cost:
            best[start, bit] = Session(start, len(at.ticks), cost, at.minutes, bit, slot, None)
    for place, one in enumerate(row.ones):
        bit = 1 << (len(bits) + place)
        for start in visits[place][day]:
            best[start, bit] = Session(start, one.ticks, -one.minutes * unmet, one.minutes, bit, None, place)
    found: dict[int, list[Session]] = {}
    for session in best.values():
        found.setdefault(session.start, []).append(session)
    return found


def _days(tables: Tables, row: PersonRow, day: int, sessions: dict[int, list[Session]]) -> list[Day]:
    """The best few days that can be made of these sessions."""
    stretches = {(s.start, s.length): s for s in row.stretches[day]}
    short = units(tables.weights.short) if tables.waiting else 0
    best: dict[int, Day] = {}
    for start in sessions:
        runs: dict[int, list[tuple[int, int, int, tuple[Session, ...]]]] = {start: [(0, 0, 0, ())]}
        while runs:
            tick = min(runs)
            now = runs.pop(tick)
            for cost, mask, waited, done in now if len(now) <= RUNS else nsmallest(RUNS, now):
                if done and (stretch := stretches.get((start, tick - start))) is not None:
                    whole = cost + stretch.cost + (short if tick - start - waited < tables.billable else 0)
                    if mask not in best or whole < best[mask].cost:
                        best[mask] = Day(whole, mask, done)
                for wait in range(tables.waiting - waited + 1 if done else 1):
                    for session in sessions.get(tick + wait, ()):
                        after = tick + wait + session.ticks
                        if mask & session.bit or after - start - waited - wait > row.longest:
                            continue
                        runs.setdefault(after, []).append(
                            (cost + session.cost, mask | session.bit, waited + wait, (*done, session))
                        )
    return nsmallest(DAYS, best.values())


# A half-built week: its cost, its counts packed in one number, and its days as (before, day number, day).
Partial = tuple[int, int, Any]


def _combine(
    tables: Tables, row: PersonRow, days: Sequence[Sequence[Day]], bits: Mapping[str, int]
) -> OneWeek:
    """The best week of these days, within the prescription and the most days."""
    kinds = list(bits)
    visits, used = 4 * len(kinds), 4 * len(kinds) + len(row.ones)
    fits = _Prescription(tables, row, kinds)
    weeks: list[Partial] = [(0, 0, None)]
    for number, choices in enumerate(days):
        packed = []
        for day in choices:
            held = day.mask >> len(kinds) << visits
            counts = sum(1 << 4 * i for i in range(len(kinds)) if day.mask >> i & 1)
            if day.cost < 0:
                packed.append((day.cost, held, counts + held + (1 << used), day))
        more = {week[1]: week for week in weeks}
        for cost, key, chosen in weeks:
            if key >> used == row.most_days:
                continue
            for price, held, add, day in packed:
                after = key + add
                if key & held or not fits[after & (1 << visits) - 1]:
                    continue
                old = more.get(after)
                if old is None or cost + price < old[0]:
                    more[after] = (cost + price, after, (chosen, number, day))
        weeks = nsmallest(WEEKS, more.values(), key=itemgetter(0))
    return _read(tables, row, weeks)


class _Prescription(dict[int, bool]):
    """Whether so many sessions of each type (four bits each) stay within a prescription; worked out once each."""

    def __init__(self, tables: Tables, row: PersonRow, kinds: Sequence[str]) -> None:
        super().__init__()
        self._spare = row.flexible
        self._kinds = [
            (
                4 * place,
                row.required.get(kind, 0),
                round(tables.problem.kinds[kind].hours * 60) if tables.problem.kinds[kind].flexible else None,
            )
            for place, kind in enumerate(kinds)
        ]

    def __missing__(self, counts: int) -> bool:
        beyond = 0
        fits = True
        for shift, need, minutes in self._kinds:
            more = (counts >> shift & 15) - need
            if more > 0:
                fits = fits and minutes is not None
                beyond += more * (minutes or 0)
        self[counts] = fits = fits and beyond <= self._spare
        return fits


def _read(tables: Tables, row: PersonRow, weeks: Sequence[Partial]) -> OneWeek:
    """The cheapest of these weeks, with the price of being below the least hours."""
    base, below = round(row.prescribed * tables.weights.unmet), units(tables.weights.below)
    best: tuple[int, list[tuple[int, Day]]] | None = None
    for cost, _, chain in weeks:
        chosen = []
        while chain is not None:
            chain, number, day = chain
            chosen.append((number, day))
        got = sum(session.minutes for _, day in chosen for session in day.sessions)
        whole = base + cost + (below if got < row.enough else 0)
        if best is None or whole < best[0]:
            best = (whole, chosen)
    slots, ones = set(), {}
    for number, day in best[1] if best else ():
        for session in day.sessions:
            if session.slot is not None:
                slots.add(session.slot)
            elif session.place is not None:
                ones[session.place] = (number, session.start)
    return OneWeek(frozenset(slots), ones, best[0] if best else base + below)
