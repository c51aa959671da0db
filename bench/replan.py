"""How quickly a published week is mended: `./run python -m bench.replan [--people 200] [--cases 20] [--plan PLAN]`.

Solves the shared week (seed 1), publishes it, and then lets things happen to it, one at a time, each chosen by a
seed: someone is admitted, a week is sought for them on the telephone, a therapist is ill for a day, a life changes,
someone is discharged, a room and a day are lost, someone lacks hours and it is explained. Prints the middle and the
slow of the times by the clock, the slow by the processor (what a machine with nothing else to do would take: one
thread works), who was disturbed, and the hours. What is imported at first use is in the first case.

The claims: an admission in 1 s with at most 5 people disturbed, a week on the telephone in 2 s, an ill therapist in
3 s, an explanation in 2 s.
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from throughcare.timetable.check import Checked, check
from throughcare.timetable.happenings import (
    DayLost,
    Happening,
    LifeChanged,
    PersonCame,
    PersonLeft,
    RoomLost,
    StaffAway,
    after,
)
from throughcare.timetable.interchange import read_plan, read_problem
from throughcare.timetable.place import weeks_for
from throughcare.timetable.problem import Plan, Problem
from throughcare.timetable.repair import repair

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "timetable"
Times = tuple[float, float]
TARGETS = {"admission": 1.0, "telephone": 2.0, "ill therapist": 3.0, "explanation": 2.0}
MOST_DISTURBED = 5


@dataclass
class Case:
    """One thing that happened: the time it took by the clock and by the processor, and what came of it."""

    seconds: float
    processor: float
    broken: int
    disturbed: int
    moved: int
    unmet: float


def main() -> int:
    """Solve, publish, and let things happen; 1 when a claim is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--cases", type=int, default=20)
    parser.add_argument("--solve", type=float, default=20, help="seconds for the published week")
    parser.add_argument("--plan", type=Path, help="a plan of one site to publish, in place of solving")
    options = parser.parse_args()
    problem = published(options)
    kinds: dict[str, Callable[[random.Random], Case]] = {
        "admission": lambda choice: admission(problem, choice),
        "telephone": lambda choice: telephone(problem, choice),
        "ill therapist": lambda choice: mended(problem, ill(problem, choice), 3),
        "new shift": lambda choice: mended(problem, shift(problem, choice), 3),
        "discharge": lambda choice: mended(problem, PersonLeft(anyone(problem, choice)), 3),
        "room lost": lambda choice: mended(problem, room(problem, choice), 5),
    }
    print(f"{'':15} {'cases':>5} {'p50 s':>7} {'p95 s':>7} {'cpu p95':>7}", end="")
    print(f" {'broken':>7} {'disturbed':>9} {'moved':>6} {'unmet h':>8}")
    met = [
        show(name, [run(random.Random(seed)) for seed in range(options.cases)]) for name, run in kinds.items()
    ]
    met.append(show("day lost", [mended(problem, DayLost(day), 10) for day in range(problem.days)]))
    met.append(show("explanation", list(explanations(problem, options.cases))))
    one, five, fifteen = os.getloadavg()
    print(f"{os.cpu_count()} cores; load {one:.1f} {five:.1f} {fifteen:.1f}")
    return 0 if all(met) else 1


def published(options: argparse.Namespace) -> Problem:
    """The shared week of so many people, with a week solved, or given, and published."""
    problem = read_problem(json.loads((FOLDER / f"n{options.people}.json").read_text(encoding="utf-8"))[0])
    if options.plan is None:
        from throughcare.timetable.solve import solve

        plan = solve(problem, seconds=options.solve, seed=1).plan
    else:
        given = json.loads(options.plan.read_text(encoding="utf-8"))
        plan = read_plan(given[0] if isinstance(given, list) else given)
    found = check(problem, plan)
    met = 100 * (1 - found.unmet_hours / found.prescribed_hours)
    print(f"{options.people} people: cost {found.cost.total:.0f}, {met:.1f} % of hours met, ", end="")
    print(f"{len(found.below)} below their least, {found.hard} rules broken", flush=True)
    return replace(problem, previous=plan)


def show(name: str, cases: list[Case]) -> bool:
    """One line of figures; whether the claim, if there is one, is met at the 95th percentile."""
    if not cases:
        print(f"{name:15} {0:5}")
        return True
    middle, slow = statistics.median(case.seconds for case in cases), slowest(case.seconds for case in cases)
    work = slowest(case.processor for case in cases)
    broken, disturbed = sum(case.broken for case in cases), max(case.disturbed for case in cases)
    moved = statistics.median(case.moved for case in cases)
    unmet = statistics.mean(case.unmet for case in cases)
    print(
        f"{name:15} {len(cases):5} {middle:7.2f} {slow:7.2f} {work:7.2f} {broken:7} {disturbed:9} "
        f"{moved:6.0f} {unmet:+8.1f}",
        flush=True,
    )
    return slow <= TARGETS.get(name, slow) and not broken and disturbed <= MOST_DISTURBED


def slowest(times: Iterable[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(times)
    return ordered[round(0.95 * (len(ordered) - 1))]


def mended(problem: Problem, happening: Happening, seconds: float) -> Case:
    """Something happens, and the week is mended."""
    changed = after(problem, happening)
    begun = now()
    week = repair(changed, seconds=seconds)
    took = since(begun)
    found = check(changed, week.plan)
    unmet = found.unmet_hours - kept_hours(problem, changed)
    return Case(*took, found.hard, len(week.disturbed), len(found.people_changed), unmet)


def now() -> Times:
    """The clock's and the processor's time."""
    return time.perf_counter(), time.process_time()


def since(begun: Times) -> Times:
    """How much of each has passed."""
    return time.perf_counter() - begun[0], time.process_time() - begun[1]


def kept_hours(problem: Problem, changed: Problem) -> float:
    """The unmet hours of the published week, of those who are still in it."""
    people = {name: person for name, person in problem.people.items() if name in changed.people}
    return check(replace(problem, people=people), problem.previous or Plan()).unmet_hours


def admission(problem: Problem, choice: random.Random) -> Case:
    """Someone is admitted who has the life of one who was just discharged."""
    who = problem.people[anyone(problem, choice)]
    left = after(problem, PersonLeft(who.id))
    without = replace(left, previous=repair(left, seconds=1).plan)
    return mended(without, PersonCame(replace(who, id="newcomer")), 1)


def telephone(problem: Problem, choice: random.Random) -> Case:
    """Weeks are sought for a newcomer who lives as someone in the week does."""
    who = replace(problem.people[anyone(problem, choice)], id="newcomer")
    changed = after(problem, PersonCame(who))
    plan = problem.previous or Plan()
    begun = now()
    offers = weeks_for(changed, plan, who.id)
    took = since(begun)
    judged: list[Checked] = [check(changed, offer.plan) for offer in offers]
    moved = max((len(offer.moved) for offer in offers), default=0)
    missing = min((offer.missing_hours for offer in offers), default=who.hours)
    return Case(*took, sum(found.hard for found in judged), moved, moved, missing)


def ill(problem: Problem, choice: random.Random) -> Happening:
    """A therapist with groups that day is away."""
    groups = problem.previous.groups if problem.previous else {}
    staff, day = choice.choice(sorted({(leader, key.day) for key, leader in groups.items()}))
    return StaffAway(staff, day)


def shift(problem: Problem, choice: random.Random) -> Happening:
    """Someone can no longer come in the first half of their hours on two days."""
    name = anyone(problem, choice)
    free = list(problem.people[name].free)
    for day in choice.sample(range(problem.days), 2):
        held = sorted(free[day])
        free[day] = frozenset(held[len(held) // 2 :])
    return LifeChanged(name, tuple(free))


def room(problem: Problem, choice: random.Random) -> Happening:
    """A room for groups is lost."""
    kinds = [one.kind for one in problem.rooms]
    return RoomLost(choice.choice([one.id for one in problem.rooms if kinds.count(one.kind) > 1]))


def anyone(problem: Problem, choice: random.Random) -> str:
    """Someone in the week."""
    return choice.choice(sorted(problem.people))


def explanations(problem: Problem, most: int) -> Iterator[Case]:
    """Why the people who lack hours lack them."""
    from throughcare.timetable.alone.need import lacking
    from throughcare.timetable.explain import explain

    plan = problem.previous or Plan()
    short = [
        name
        for name in sorted(problem.people)
        if lacking(problem, name, plan.attend.get(name, ()), plan.ones.get(name, {})) > 0
    ]
    for name in random.Random(0).sample(short, min(most, len(short))):
        begun = now()
        found = explain(problem, plan, name)
        yield Case(*since(begun), 0, 0, 0, found.missing_hours)


if __name__ == "__main__":
    sys.exit(main())
