"""The steps of mending a week: another leader, another time, other groups, and only then someone else who moves."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from throughcare.timetable.check import Checked, check
from throughcare.timetable.differences import Difference, differences
from throughcare.timetable.problem import Plan, Problem
from throughcare.timetable.repair.groups import settle_lost, settle_small
from throughcare.timetable.repair.growth import grow_for_few, grow_for_many
from throughcare.timetable.repair.leaders import find_leaders
from throughcare.timetable.repair.mender import WEEKS_A_SECOND, Mender
from throughcare.timetable.repair.remains import remains_of
from throughcare.timetable.repair.together import improve_together

# How often what the judge still finds broken is mended once more.
ROUNDS = 4


@dataclass(frozen=True)
class Repaired:
    """A mended week. `changes`: against the published one; `affected`: whose week could not stay as it was, and who
    came; `disturbed`: others who were asked to move."""

    plan: Plan
    cost: float
    changes: tuple[Difference, ...]
    affected: tuple[str, ...]
    disturbed: tuple[str, ...]
    unmet_hours: float
    seconds: float


def repair(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 0,
    people: Collection[str] = (),
    on_progress: Callable[[str], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Repaired:
    """The published week (`problem.previous`) mended for the problem as it is now; what still holds stays untouched.

    `seconds` is effort, not the clock: the same call gives the same plan. `people` are placed anew although nothing
    happened to them. `on_progress` is told each step in a few words.
    """
    begun = time.monotonic()
    published = problem.previous or Plan()
    remains = remains_of(problem, published)
    remains.affected.update(problem.people.keys() & set(people))
    mender = Mender(remains, seconds * WEEKS_A_SECOND, stop)
    _take_steps(mender, on_progress or (lambda _: None))
    improve_together(mender, seconds=seconds, seed=seed)
    checked = mend_what_is_broken(mender)
    plan = mender.standing.plan()
    return Repaired(
        plan,
        checked.cost.total,
        differences(problem, published, plan),
        tuple(sorted(remains.affected)),
        tuple(sorted(mender.disturbed)),
        checked.unmet_hours,
        time.monotonic() - begun,
    )


def _take_steps(mender: Mender, tell: Callable[[str], None]) -> None:
    """The steps in order, those that change least first."""
    tell("Looking for other leaders")
    find_leaders(mender.remains)
    tell("Looking for other times")
    settle_lost(mender)
    tell("Finding seats")
    mender.place_all(mender.remains.affected)
    settle_small(mender)
    tell("Looking for new groups")
    grow_for_many(mender)
    mender.place_again()
    mender.swap()
    grow_for_few(mender)


def mend_what_is_broken(mender: Mender) -> Checked:
    """What the judge still objects to: people placed anew, then, if need be, taken out of their groups."""
    standing = mender.standing
    for _ in range(ROUNDS):
        checked = check(standing.problem, standing.plan())
        if checked.is_clean:
            return checked
        people = {person for broken in checked.broken for person in broken.people}
        mender.remains.affected.update(people)
        mender.place_all(people)
        settle_small(mender)
    return check(standing.problem, standing.plan())
