"""One person's week against prices: days are built session by session, and weeks day by day, the best few kept.

Quick rather than exact: it makes the first plan, and places people anew, many in a second.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from throughcare.timetable.search.rows import PersonRow, units
from throughcare.timetable.search.tables import Tables
from throughcare.timetable.search.week import When

# How many half-built days, days and half-built weeks are kept.
RUNS, DAYS, WEEKS = 24, 30, 40


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
        if price is None:
            continue
        at = tables.slots[slot]
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


def _combine(
    tables: Tables, row: PersonRow, days: Sequence[Sequence[Day]], bits: Mapping[str, int]
) -> OneWeek:
    """The best week of these days, within the prescription and the most days."""
    kinds = list(bits)
    needs = [row.required.get(kind, 0) for kind in kinds]
    minutes = [round(tables.problem.kinds[kind].hours * 60) for kind in kinds]
    flexible = [tables.problem.kinds[kind].flexible for kind in kinds]
    torn = 1 << len(kinds)
    empty = (0, (0,) * len(kinds), 0, 0, ())
    weeks: list[tuple[int, tuple[int, ...], int, int, tuple[Day, ...]]] = [empty]
    for choices in days:
        more: dict[
            tuple[tuple[int, ...], int, int], tuple[int, tuple[int, ...], int, int, tuple[Day, ...]]
        ] = {(w[1], w[2], w[3]): w for w in weeks}
        for cost, counts, visits, used, chosen in weeks:
            if used == row.most_days:
                continue
            for day in choices:
                if visits & (day.mask // torn) or day.cost >= 0:
                    continue
                after = tuple([n + (day.mask >> i & 1) for i, n in enumerate(counts)])
                if not _within(after, needs, minutes, flexible, row.flexible):
                    continue
                key = (after, visits | day.mask // torn, used + 1)
                if key not in more or cost + day.cost < more[key][0]:
                    more[key] = (cost + day.cost, *key, (*chosen, day))
        weeks = nsmallest(WEEKS, more.values(), key=lambda w: w[0])
    return _read(tables, row, weeks, days)


def _within(
    counts: Sequence[int], needs: Sequence[int], minutes: Sequence[int], flexible: Sequence[bool], spare: int
) -> bool:
    """Whether so many of each type stay within the prescription."""
    beyond = 0
    for count, need, long, may in zip(counts, needs, minutes, flexible, strict=True):
        if count > need:
            if not may:
                return False
            beyond += (count - need) * long
    return beyond <= spare


def _read(
    tables: Tables,
    row: PersonRow,
    weeks: Sequence[tuple[int, tuple[int, ...], int, int, tuple[Day, ...]]],
    days: Sequence[Sequence[Day]],
) -> OneWeek:
    """The cheapest of these weeks, with the price of being below the least hours."""
    day_of = {id(day): number for number, choices in enumerate(days) for day in choices}
    base, below = round(row.prescribed * tables.weights.unmet), units(tables.weights.below)

    def whole(week: tuple[int, tuple[int, ...], int, int, tuple[Day, ...]]) -> int:
        got = sum(session.minutes for day in week[4] for session in day.sessions)
        return base + week[0] + (below if got < row.enough else 0)

    best = min(weeks, key=whole)
    slots, ones = set(), {}
    for day in best[4]:
        for session in day.sessions:
            if session.slot is not None:
                slots.add(session.slot)
            elif session.place is not None:
                ones[session.place] = (day_of[id(day)], session.start)
    return OneWeek(frozenset(slots), ones, whole(best))
