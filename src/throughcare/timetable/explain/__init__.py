"""Why a person doesn't get their hours: a minimal set of causes in sentences, and the cheapest changes that help.

One person's week is solved exactly while everyone else keeps theirs. What is in its way are *limits*: when they can
come, a group without a seat, a part of the day in which no group of a type meets … The causes are limits that
together make all hours impossible, even if nothing else were in the way; without any one of them it would be
possible. Every fix is made and checked.
"""

import time
from dataclasses import dataclass, replace

from throughcare.timetable.constraints import Reading
from throughcare.timetable.explain.causes import Cause, causes_of, every_limit, minimal_limits
from throughcare.timetable.explain.fixes import Fix, Fixing
from throughcare.timetable.explain.limits import LIFE, Limit
from throughcare.timetable.explain.pieces import offered_to
from throughcare.timetable.explain.search import Search
from throughcare.timetable.problem import Plan, Problem
from throughcare.timetable.sentences import say_hours

__all__ = ["Cause", "Explanation", "Fix", "Limit", "explain"]


@dataclass(frozen=True)
class Explanation:
    """Why someone lacks hours. Without causes nothing is missing, or nothing stands in the way (a fix of code `plan`).

    `never`: even with every group and one-to-one at any time their own life leaves no room for every hour.
    """

    person: str
    missing_hours: float
    causes: tuple[Cause, ...]
    fixes: tuple[Fix, ...]
    never: bool = False


def explain(problem: Problem, plan: Plan, person: str, *, seconds: float = 2.0) -> Explanation:
    """Why this person doesn't get every hour in this plan, and what would help. KeyError: nobody is `person`."""
    until = time.monotonic() + seconds
    missing = Reading(problem, plan).unmet(person)
    if missing <= 0:
        return Explanation(person, 0.0, (), ())
    search = Search(offered_to(problem, plan, person))
    if search.find() is not None:
        return Explanation(person, missing, (), Fixing(search, plan, until).find(()))
    if search.find(every_limit(search)) is None:
        because = f"No week at all can hold the {say_hours(problem.people[person].hours)} that {person} is prescribed."
        return Explanation(person, missing, (Cause("prescription", because),), (), never=True)
    limits = minimal_limits(search)
    causes = causes_of(problem, plan, person, limits)
    never = all(limit.family in LIFE for limit in limits)
    if never:
        first = causes[0]
        hours = say_hours(problem.people[person].hours)
        because = f"Even with every group and one-to-one at any time, {hours} don't fit: {first.because}"
        causes = (replace(first, because=because), *causes[1:])
    return Explanation(person, missing, causes, Fixing(search, plan, until).find(limits), never)
