"""The affected people's weeks sought together, by the solver, where one at a time left some short of hours."""

from collections.abc import Iterator

from throughcare.timetable.constraints import Reading
from throughcare.timetable.cost import cost_of
from throughcare.timetable.problem import Plan, Problem
from throughcare.timetable.repair.mender import Mender
from throughcare.timetable.standing import Standing

# Only with this many seconds of effort: reading the problem and loading the solver alone take one or two.
LONG_ENOUGH = 5.0
# What of the effort goes into it, and how many people's weeks are sought at a time.
SHARE, TOGETHER = 0.4, 12
# The effort for each party but the first where there are several.
A_PARTY = 1.0


def improve_together(mender: Mender, *, seconds: float, seed: int) -> None:
    """Nobody else moves; the week stays as it is where nothing better is found."""
    if seconds < LONG_ENOUGH or not mender.short():
        return
    from throughcare.timetable.part import improve_part
    from throughcare.timetable.search.tables import Tables

    problem, tables = mender.standing.problem, Tables(mender.standing.problem)
    left = SHARE * seconds
    for people in _parties(mender):
        if left <= 0 or mender.is_stopped:
            return
        effort = left if len(mender.remains.affected) <= TOGETHER else min(left, A_PARTY)
        plan = mender.standing.plan()
        better = improve_part(problem, plan, people=people, seconds=effort, seed=seed, tables=tables)
        if _cost(problem, better) < _cost(problem, plan):
            mender.remains.standing = Standing(problem, better)
        left -= effort


def _parties(mender: Mender) -> Iterator[list[str]]:
    """The affected, some at a time, those who lack most first; those of one party can often fill a group."""
    ordered = sorted(mender.remains.affected, key=lambda person: (-mender.missing(person), person))
    for start in range(0, len(ordered), TOGETHER):
        yield ordered[start : start + TOGETHER]


def _cost(problem: Problem, plan: Plan) -> float:
    return cost_of(Reading(problem, plan)).total
