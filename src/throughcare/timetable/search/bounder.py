"""A process that proves what no week can cost less than: the whole week as one model, relaxed and then cut.

Only small clinics are asked: a model of more than `LARGEST` variables would not say anything in time.
"""

import sys
from time import monotonic
from typing import Any

from throughcare.timetable.search.mend import week_of
from throughcare.timetable.search.messages import Start, hear, say
from throughcare.timetable.search.model import FAR, Model
from throughcare.timetable.search.part_of_week import PartOfWeek
from throughcare.timetable.search.price import week_cost
from throughcare.timetable.search.rows import UNIT
from throughcare.timetable.search.tables import Tables

LARGEST = 9000
# pywraplp's words for a solved and for an unfinished model that has a solution.
OPTIMAL, FEASIBLE = 0, 1


def is_small(tables: Tables) -> bool:
    """Whether the whole week is small enough to be bounded as one model."""
    people = sum(len(row.slots) + sum(len(day) for day in row.stretches) for row in tables.people)
    return people + sum(len(row.leaders) + 3 for row in tables.slots) <= LARGEST


def main() -> None:
    """Says each bound as soon as it is proven."""
    speak = sys.stdout.buffer
    start: Start = hear(sys.stdin.buffer)
    until = monotonic() + start.seconds
    tables = Tables(start.problem)
    if start.plan is None:
        return
    week = week_of(tables, start.plan)
    part = PartOfWeek(
        week, range(len(tables.people)), range(tables.problem.days), other_leaders=True, every_copy=True
    )
    constant = week_cost(week) - part.model.hinted_cost()
    for engine in ("GLOP", "SCIP"):
        bound = prove(part.model, engine, until - monotonic())
        if bound is not None:
            say(speak, (constant + bound) / UNIT)


def prove(model: Model, engine: str, seconds: float) -> float | None:
    """A lower bound of a model by an engine of OR-Tools' linear solver; None when it proved nothing in time."""
    from ortools.linear_solver import pywraplp

    if seconds <= 0.5:
        return None
    solver: Any = pywraplp.Solver.CreateSolver(engine)
    whole = engine != "GLOP"
    variables = [
        solver.IntVar(low, high, "") if whole else solver.NumVar(low, high, "")
        for low, high in model.ranges()
    ]
    far = solver.infinity()
    for low, terms, high in model.rows():
        row = solver.Constraint(-far if low <= -FAR else low, far if high >= FAR else high)
        for variable, coefficient in terms:
            row.SetCoefficient(variables[variable], coefficient)
    objective = solver.Objective()
    for variable, cost in model.costs():
        objective.SetCoefficient(variables[variable], cost)
    objective.SetMinimization()
    if whole:
        solver.SetHint(variables, model.hints())
    solver.set_time_limit(int(1000 * seconds))
    status = solver.Solve()
    if not whole:
        # A hair below, for what floating point may have rounded up.
        return float(objective.Value()) - 1 if status == OPTIMAL else None
    return float(objective.BestBound()) - 1 if status in (OPTIMAL, FEASIBLE) else None


if __name__ == "__main__":
    try:
        main()
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)
