"""The affected people's weeks sought together, by the solver, where one at a time left some short of hours."""

from throughcare.timetable.constraints import Reading
from throughcare.timetable.cost import cost_of
from throughcare.timetable.problem import Plan, Problem
from throughcare.timetable.repair.mender import Mender
from throughcare.timetable.standing import Standing

# Only with this many seconds of effort: reading the problem and loading the solver alone take one or two.
LONG_ENOUGH = 5.0
# What of the effort goes into it, and for how many people at most it is worth while.
SHARE, FEW = 0.4, 16


def improve_together(mender: Mender, *, seconds: float, seed: int) -> None:
    """Nobody else moves; the week stays as it is where nothing better is found."""
    people = mender.remains.affected
    if seconds < LONG_ENOUGH or len(people) > FEW or not mender.short() or mender.is_stopped:
        return
    from throughcare.timetable.part import improve_part

    problem, plan = mender.standing.problem, mender.standing.plan()
    better = improve_part(problem, plan, people=sorted(people), seconds=SHARE * seconds, seed=seed)
    if _cost(problem, better) < _cost(problem, plan):
        mender.remains.standing = Standing(problem, better)


def _cost(problem: Problem, plan: Plan) -> float:
    return cost_of(Reading(problem, plan)).total
