"""Every day a person could have of the pieces on offer: one run inside one block, waiting no longer than allowed."""

from collections.abc import Iterator
from typing import NamedTuple

from throughcare.timetable.alone.terms import Piece, Terms


class Day(NamedTuple):
    """One day: its cost, its block, and its pieces in order. `bits` says what it counts for."""

    cost: float
    block: str
    bits: int
    pieces: tuple[Piece, ...]


class _Run(NamedTuple):
    """The beginning of a day."""

    first: int
    end: int
    waited: int
    bits: int
    cost: float
    pieces: tuple[Piece, ...]


def days_of(terms: Terms, day: int) -> dict[int, list[Day]]:
    """The best day for each set of bits and each block, cheapest block first."""
    best: dict[tuple[int, str], Day] = {}
    blocks = _blocks(terms)
    for run in _runs(terms, day, blocks):
        if not _series_whole(terms, day, run):
            continue
        block = blocks[run.first, run.end]
        cost = run.cost + terms.person.liking.get((day, block), 0)
        if run.end - run.first - run.waited < terms.problem.billable_ticks:
            cost += terms.problem.weights.short
        known = best.get((run.bits, block))
        if known is None or cost < known.cost:
            best[run.bits, block] = Day(cost, block, run.bits, run.pieces)
    found: dict[int, list[Day]] = {}
    for one in sorted(best.values(), key=lambda one: (one.cost, one.block)):
        found.setdefault(one.bits, []).append(one)
    return dict(sorted(found.items()))


def _runs(terms: Terms, day: int, blocks: dict[tuple[int, int], str]) -> Iterator[_Run]:
    starts: dict[int, list[Piece]] = {}
    for piece in terms.pieces[day]:
        starts.setdefault(piece.start, []).append(piece)
    once = (1 << len(terms.bits)) - 1
    stack = [_Run(start, start, 0, 0, 0.0, ()) for start in sorted(starts, reverse=True)]
    while stack:
        run = stack.pop()
        if run.pieces:
            yield run
        for wait in range(terms.problem.waiting_ticks - run.waited + 1) if run.pieces else (0,):
            if wait and run.end + wait - 1 not in terms.person.free[day]:
                break
            for piece in starts.get(run.end + wait, ()):
                waited = run.waited + wait
                if (
                    piece.bits & run.bits & once
                    or piece.end - run.first - waited > terms.person.longest_day
                    or (run.first, piece.end) not in blocks
                ):
                    continue
                bits, cost = run.bits | piece.bits, run.cost + piece.cost
                stack.append(_Run(run.first, piece.end, waited, bits, cost, (*run.pieces, piece)))


def _blocks(terms: Terms) -> dict[tuple[int, int], str]:
    """The block of each stretch of a day that lies within one; the first where two hold it."""
    found: dict[tuple[int, int], str] = {}
    for name, run in terms.problem.blocks.items():
        for first in run:
            for last in run:
                if first <= last:
                    found.setdefault((first, last + 1), name)
    return found


def _series_whole(terms: Terms, day: int, run: _Run) -> bool:
    """Whether each series with a meeting in this run has all of that day's meetings in it."""
    return all(
        not run.bits & bit or sum(bool(piece.bits & bit) for piece in run.pieces) == times
        for bit, _, times in terms.series[day]
    )
