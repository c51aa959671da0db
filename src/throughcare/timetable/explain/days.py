"""The days that pieces make: one run inside one block, with no more waiting than allowed."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from throughcare.timetable.explain.pieces import Piece
from throughcare.timetable.problem import Problem, SlotKey


class Day(NamedTuple):
    """One possible day. `bits`: a bit for each type and one-to-one it holds."""

    cost: float
    number: int
    bits: int
    pieces: tuple[Piece, ...]


class _Run(NamedTuple):
    """The beginning of a day, up to its last piece."""

    cost: float
    length: int
    pieces: tuple[Piece, ...]


def days_of(
    problem: Problem,
    day: int,
    pieces: Iterable[Piece],
    *,
    longest: int,
    must: frozenset[SlotKey],
    may_wait: Callable[[int], bool],
    liking: Callable[[int, int], float],
) -> dict[int, Day]:
    """The cheapest day for each set of bits, of the pieces of one block; every group of `must` is in each.

    `liking`: what a day costs by its first and its last tick.
    """
    starts = _by_start(pieces, must)
    marks = {key: 1 << (64 + place) for place, key in enumerate(sorted(must))}
    every = sum(marks.values())
    # What a beginning is: where it ends, how long it waited, what it holds.
    runs: dict[tuple[int, int, int], _Run] = {}
    found: dict[int, Day] = {}
    for tick in range(problem.ticks + 1):
        ending = sorted((state for state in runs if state[0] == tick), key=lambda state: state[1:])
        for state in ending:
            run = runs.pop(state)
            if state[2] & every == every:
                _finish(problem, day, state[2] & ~every, run, found, liking)
            _lengthen(problem, starts, marks, state, run, runs, longest, may_wait)
        for piece in starts.get(tick, ()):
            if piece.end - piece.start <= longest:
                state = (piece.end, 0, 1 << piece.bit | _mark(marks, piece))
                _keep(runs, state, _Run(piece.cost, piece.end - piece.start, (piece,)))
    return found


def _by_start(pieces: Iterable[Piece], must: frozenset[SlotKey]) -> dict[int, list[Piece]]:
    """The cheapest piece of each kind and time, and those that must be."""
    best: dict[tuple[int, int, int, bool], Piece] = {}
    for piece in pieces:
        mark = (piece.start, piece.end, piece.bit, piece.what in must)
        if mark not in best or piece.cost < best[mark].cost:
            best[mark] = piece
    starts: dict[int, list[Piece]] = {}
    for piece in best.values():
        starts.setdefault(piece.start, []).append(piece)
    return starts


def _mark(marks: dict[SlotKey, int], piece: Piece) -> int:
    return marks.get(piece.what, 0) if isinstance(piece.what, SlotKey) else 0


def _keep(runs: dict[tuple[int, int, int], _Run], state: tuple[int, int, int], run: _Run) -> None:
    if state not in runs or run.cost < runs[state].cost:
        runs[state] = run


def _lengthen(
    problem: Problem,
    starts: dict[int, list[Piece]],
    marks: dict[SlotKey, int],
    state: tuple[int, int, int],
    run: _Run,
    runs: dict[tuple[int, int, int], _Run],
    longest: int,
    may_wait: Callable[[int], bool],
) -> None:
    """Every beginning that is one piece longer."""
    end, waited, bits = state
    for wait in range(problem.waiting_ticks - waited + 1):
        if wait and not may_wait(end + wait - 1):
            return
        for piece in starts.get(end + wait, ()):
            length = run.length + piece.end - piece.start
            if bits >> piece.bit & 1 or length > longest:
                continue
            after = (piece.end, waited + wait, bits | 1 << piece.bit | _mark(marks, piece))
            _keep(runs, after, _Run(run.cost + piece.cost, length, (*run.pieces, piece)))


def _finish(
    problem: Problem,
    day: int,
    bits: int,
    run: _Run,
    found: dict[int, Day],
    liking: Callable[[int, int], float],
) -> None:
    cost = run.cost + liking(run.pieces[0].start, run.pieces[-1].end - 1)
    cost += problem.weights.short * (run.length < problem.billable_ticks)
    if bits not in found or cost < found[bits].cost:
        found[bits] = Day(cost, day, bits, run.pieces)
