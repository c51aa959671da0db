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
    free = person.free[day]
    found = []
    for start in sorted(starts):
        # While the run grows, fewer blocks hold it: the first that is left is its block.
        blocks = [(name, run) for name, run in problem.blocks.items() if start in run]
        for end in range(start, start + longest):
            blocks = [(name, run) for name, run in blocks if end in run]
            if end not in free or not blocks:
                break
            if end not in ends:
                continue
            length = end + 1 - start
            short = problem.waiting_ticks == 0 and length < problem.billable_ticks
            cost = person.liking.get((day, blocks[0][0]), 0) + (problem.weights.short if short else 0)
            found.append(Stretch(start, length, units(cost), short))
    return found
