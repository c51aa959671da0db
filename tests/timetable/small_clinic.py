"""A clinic of sixteen people and its published week, in the hour grid or in half hours: large enough to repair."""

import random
from dataclasses import replace
from functools import cache

from throughcare.timetable.check import check
from throughcare.timetable.problem import (
    Kind,
    OneToOne,
    Person,
    Plan,
    Problem,
    Room,
    Slot,
    SlotKey,
    Staff,
    Variant,
    Weights,
)
from throughcare.timetable.repair import repair

DAYS, HOURS = 4, 8


@cache
def published(seed=0, *, per_hour=1, series=False):
    """A problem whose `previous` is a clean published week; `per_hour` ticks an hour.

    `series`: the process groups of two mornings are attended both or neither, and a mindful group takes only some.
    """
    problem = small_clinic(seed, per_hour)
    if series:
        problem = replace(problem, slots=_bound_slots(problem, per_hour))
    standing_groups = Plan(groups=_first_groups(problem))
    week = repair(_with_previous(problem, standing_groups), seconds=4)
    found = _with_previous(problem, week.plan)
    assert check(found, week.plan).is_clean
    assert len(week.plan.groups) > 6
    return found


def _with_previous(problem, plan):
    return replace(problem, previous=plan)


def small_clinic(seed=0, per_hour=1):
    """The problem, with nothing published."""
    choice = random.Random(f"{seed} clinic")
    kinds = {
        "process": Kind("process", per_hour, 1, "group", False),
        "skills": Kind("skills", 2 * per_hour, 2, "group", False),
        "mindful": Kind("mindful", per_hour, 1, "group", True),
        "art": Kind("art", per_hour, 1, "studio", True),
    }
    slots = {}
    for name, kind in kinds.items():
        for variant in ("mix", "women") if name == "process" else ("mix",):
            for day in range(DAYS):
                for hour in (0, 1, 2, 5, 6, 7):
                    run = range(hour * per_hour, hour * per_hour + kind.ticks)
                    if (hour < 3) == (run[-1] < 3 * per_hour) and run[-1] < HOURS * per_hour:
                        key = SlotKey(name, variant, day, run[0], 0)
                        slots[key] = Slot(key, tuple(run), 3, 7, (4, 6))
    return Problem(
        site="small",
        days=DAYS,
        ticks=HOURS * per_hour,
        minutes_per_tick=60 // per_hour,
        first_minute=540,
        blocks={"AM": tuple(range(4 * per_hour)), "PM": tuple(range(4 * per_hour, HOURS * per_hour))},
        kinds=kinds,
        variants={"mix": Variant("mix"), "women": Variant("women", leader_gender="F")},
        slots=slots,
        staff={name: _staff(choice, name, per_hour) for name in ("s0", "s1", "s2", "s3")},
        rooms=(Room("large", "group", 7), Room("small", "group", 5), Room("studio", "studio", 6)),
        people={f"p{number:02}": _person(choice, number, per_hour) for number in range(16)},
        apart=frozenset({("p00", "p01"), ("p04", "p05")}),
        never_with=frozenset({("p02", "s3"), ("p03", "s0")}),
        weights=Weights(),
        billable_ticks=2 * per_hour,
        waiting_ticks=per_hour // 2,
        names={"s0": "Ana", "s1": "Ben", "s2": "Cleo", "s3": "Dan"},
    )


def _bound_slots(problem, per_hour):
    """The slots, where process in the morning is one series, and one mindful group is closed."""
    noon = 4 * per_hour
    slots = {key: slot for key, slot in problem.slots.items() if key.type != "process" or key.start >= noon}
    for day in (0, 1):
        key = SlotKey("process", "mix", day, 2 * per_hour, 0)
        slots[key] = replace(problem.slots[key], series="two mornings")
    closed = SlotKey("mindful", "mix", 2, 2 * per_hour, 0)
    some = frozenset(sorted(problem.people)[::2])
    return {**slots, closed: replace(problem.slots[closed], closed_to=some)}


def hours(*run, per_hour=1):
    """The ticks of these hours of a day."""
    return frozenset(tick for hour in run for tick in range(hour * per_hour, (hour + 1) * per_hour))


def _staff(choice, name, per_hour):
    free = tuple(hours(*range(HOURS), per_hour=per_hour) for _ in range(DAYS))
    gender = "F" if name in ("s0", "s2") else "M"
    skills = frozenset({"process", "skills", "mindful"} | ({"art"} if name != "s1" else set()))
    return Staff(name, "therapist", gender, frozenset({"en"}), skills, free, 10, 8)


def _person(choice, number, per_hour):
    half = choice.choice([range(4), range(4, HOURS), range(HOURS), range(HOURS)])
    free = tuple(hours(*half, per_hour=per_hour) for _ in range(DAYS))
    if choice.random() < 0.2:
        free = (*free[:-1], frozenset())
    return Person(
        id=f"p{number:02}",
        hours=6,
        least_hours=5,
        most_days=3,
        longest_day=4 * per_hour,
        required={"process": 2, "skills": 1},
        flexible_hours=1,
        variants={
            "process": {"mix": 1, "women": 0} if number % 2 else {"mix": 0},
            "skills": {"mix": 0},
            "mindful": {"mix": 0},
            "art": {"mix": 0},
        },
        free=free,
        liking={(day, block): choice.choice([0, 0, 3]) for day in range(DAYS) for block in ("AM", "PM")},
        ones=(OneToOne("ind", f"s{number % 4 if number not in (2, 3) else 1}", per_hour, 1, None),),
    )


def _first_groups(problem):
    """Groups through the week, led by turns, as many as the rooms hold."""
    groups, busy, led = {}, set(), dict.fromkeys(problem.staff, 0.0)
    wanted = [
        (name, day, hour)
        for day in range(DAYS)
        for half in (0, 5)
        for name, hour in (("skills", half), ("process", half + 2), ("mindful", half + 2), ("process", half))
    ]
    per_hour = 60 // problem.minutes_per_tick
    for name, day, hour in wanted:
        key = SlotKey(name, "mix", day, hour * per_hour, 0)
        if key not in problem.slots:
            continue
        moments = {(day, tick) for tick in problem.slots[key].ticks}
        length = problem.kinds[name].hours
        for staff in sorted(problem.staff, key=lambda each: (led[each], each)):
            if busy.isdisjoint((staff, *moment) for moment in moments) and led[staff] + length <= 8:
                groups[key] = staff
                busy.update((staff, *moment) for moment in moments)
                led[staff] += length
                break
    return groups
