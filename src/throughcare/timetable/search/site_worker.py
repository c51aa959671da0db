"""A process that works on one site after another, each for its slice of the time, and keeps nothing of them."""

import sys
from time import monotonic

from throughcare.timetable.greedy import first_week
from throughcare.timetable.search.bound import quick_bound
from throughcare.timetable.search.mend import week_of
from throughcare.timetable.search.messages import Slice, Sliced, hear, say
from throughcare.timetable.search.price import attended, is_below
from throughcare.timetable.search.rows import UNIT
from throughcare.timetable.search.seeker import Seeker
from throughcare.timetable.search.tables import Tables
from throughcare.timetable.search.week import Week


def main() -> None:
    """Works until its pipe is closed or it is killed."""
    speak, listen = sys.stdout.buffer, sys.stdin.buffer
    while True:
        work: Slice | None = hear(listen)
        if work is not None:
            say(speak, _work(work))


def _work(work: Slice) -> Sliced:
    until = monotonic() + work.seconds
    tables = Tables(work.problem)
    plan = work.plan if work.plan is not None else work.problem.previous
    week = week_of(tables, plan) if plan is not None else Week(tables)
    # A first plan, or the rest of one that was hurried.
    if sum(not slots for slots in week.attend) > len(week.attend) / 10:
        week = first_week(tables, work.seed, lambda: monotonic() > until - 0.1 * work.seconds, week)
    seeker, steps = Seeker(week, work.seed), 0
    while (left := until - monotonic()) > 0:
        seeker.step(left)
        steps += 1
    seeker.return_to_best()
    people = range(len(tables.people))
    unmet = sum(tables.people[p].prescribed - attended(week, p) for p in people) / 60
    below = sum(is_below(week, p) for p in people)
    return Sliced(week.plan(), seeker.cost / UNIT, quick_bound(tables), unmet, below, steps)


if __name__ == "__main__":
    try:
        main()
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)
