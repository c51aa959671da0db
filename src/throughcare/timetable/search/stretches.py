"""The stretches of a day in which a person may be at the clinic."""

from collections.abc import Sequence

from throughcare.timetable.problem import Person, Problem
from throughcare.timetable.search.rows import OneRow, SlotRow, Stretch, units


def stretches_of(
    problem: Problem, person: Person, slots: Sequence[Sequence[SlotRow]], ones: Sequence[OneRow]
) -> tuple[tuple[Stretch, ...], ...]:
    """Every stretch of each day that begins and ends with something this person may come to."""
    return tuple(
        tuple(_of_day(problem, person, day, slots[day], [one for one in ones if one.starts[day]]))
        for day in range(problem.days)
    )


def _of_day(
    problem: Problem, person: Person, day: int, slots: Sequence[SlotRow], ones: Sequence[OneRow]
) -> list[Stretch]:
    starts = {slot.ticks[0] for slot in slots} | {t for one in ones for t in one.starts[day]}
    ends = {slot.ticks[-1] for slot in slots} | {t + one.ticks - 1 for one in ones for t in one.starts[day]}
    longest = person.longest_day + problem.waiting_ticks
    found = []
    for start in sorted(starts):
        for end in sorted(e for e in ends if start <= e < start + longest):
            run = frozenset(range(start, end + 1))
            block = problem.block_of(run)
            if block is None or not run <= person.free[day]:
                continue
            short = problem.waiting_ticks == 0 and len(run) < problem.billable_ticks
            cost = person.liking.get((day, block), 0) + (problem.weights.short if short else 0)
            found.append(Stretch(start, len(run), units(cost), short))
    return found
