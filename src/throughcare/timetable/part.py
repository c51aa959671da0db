"""One part of a week made as good as it can be, exactly: some people, on some days, the rest left as it is."""

from collections.abc import Collection

from throughcare.timetable.problem import Plan, Problem
from throughcare.timetable.search.mend import week_of
from throughcare.timetable.search.part_of_week import PartOfWeek
from throughcare.timetable.search.price import try_change
from throughcare.timetable.search.tables import Tables

# CP-SAT's deterministic time that about a second of one processor is spent on.
EFFORT = 0.3


def improve_part(
    problem: Problem,
    plan: Plan,
    *,
    people: Collection[str],
    days: Collection[int] | None = None,
    seconds: float,
    seed: int = 0,
    other_leaders: bool = False,
    tables: Tables | None = None,
) -> Plan:
    """The plan with the best weeks for these people (on these days) that leave everyone else as they are.

    Groups they are in, or could be, may open and close, and change leader when nobody else is in them
    (`other_leaders`: also when others are). What the problem no longer allows of the plan is dropped first; from
    there it is never worse. `seconds` is counted as effort, so the same call gives the same plan on any
    machine; only at twice as many seconds the clock cuts. `tables` saves the work of reading the same problem again.
    """
    tables = tables or Tables(problem)
    week = week_of(tables, plan)
    chosen = [tables.person_index[person] for person in people if person in tables.person_index]
    part = PartOfWeek(
        week, chosen, range(problem.days) if days is None else days, other_leaders=other_leaders
    )
    answer = part.model.solve(effort=EFFORT * seconds, seconds=2 * seconds, seed=seed)
    if answer.values is not None:
        change = part.read(answer.values)
        more, back = try_change(week, change)
        if more >= 0:
            week.apply(back)
    return week.plan()
