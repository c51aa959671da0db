"""The slow, obvious engine: every plan of a tiny week, each judged by `check`. The oracle for the fast ones."""

import random
from collections.abc import Iterator
from itertools import chain, combinations, product
from math import prod

from throughcare.timetable.check import Checked, check
from throughcare.timetable.constraints import of_people
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

# Rules that one person's week keeps or breaks whatever others do.
PERSONAL = {rule.code for rule in of_people.RULES}

OwnWeek = tuple[frozenset[SlotKey], dict[str, tuple[int, int]]]


def own_weeks(problem: Problem, person: Person) -> list[OwnWeek]:
    """Every week of one person that breaks no rule of its own."""
    keys = [key for key in problem.slots if key.variant in person.variants.get(key.type, {})]
    subsets = chain.from_iterable(combinations(keys, number) for number in range(len(keys) + 1))
    times = [None, *product(range(problem.days), range(problem.ticks))]
    found = []
    for slots, starts in product(subsets, product(times, repeat=len(person.ones))):
        ones = {one.kind: at for one, at in zip(person.ones, starts, strict=True) if at is not None}
        plan = Plan({}, {person.id: frozenset(slots)}, {person.id: ones})
        if PERSONAL.isdisjoint(broken.rule for broken in check(problem, plan).broken):
            found.append((frozenset(slots), ones))
    return found


def every_plan(problem: Problem, weeks: list[list[OwnWeek]] | None = None) -> Iterator[tuple[Plan, Checked]]:
    """Every plan that breaks no rule, with its judgement. Groups without people never help, and are left out."""
    people = sorted(problem.people)
    for chosen in product(*(weeks or [own_weeks(problem, problem.people[person]) for person in people])):
        attend = {person: week[0] for person, week in zip(people, chosen, strict=True)}
        ones = {person: week[1] for person, week in zip(people, chosen, strict=True)}
        keys = sorted(frozenset().union(*attend.values()))
        for leaders in product(sorted(problem.staff), repeat=len(keys)):
            plan = Plan(dict(zip(keys, leaders, strict=True)), attend, ones)
            checked = check(problem, plan)
            if checked.is_clean:
                yield plan, checked


def least_cost(problem: Problem) -> float:
    """The cost of the best plan there is."""
    return min(checked.cost.total for _, checked in every_plan(problem))


def number_of_plans(problem: Problem) -> int:
    """How many combinations of own weeks there are: what the oracle takes its time by."""
    return prod(len(own_weeks(problem, person)) for person in problem.people.values())


def tiny_week(seed: int, *, fine: bool = False) -> Problem:
    """A week of two or three people, few slots, and every rule at work; `fine`: as in a clinic's own grid."""
    choice = random.Random(seed)
    days, ticks = 2, 4
    blocks = {"AM": (0, 1, 2, 3)} if fine else {"AM": (0, 1, 2), "PM": (2, 3)}
    kinds = {
        "talk": Kind("talk", 1, 1, "group", True),
        "skills": Kind("skills", 2, 1.5 if fine else 2, "group", False),
    }
    variants = {"mix": Variant("mix"), "women": Variant("women", leader_gender="F")}
    slots = _tiny_slots(choice, kinds, fine)
    people = {
        f"p{number}": _tiny_person(choice, number, kinds, blocks, days, ticks)
        for number in range(choice.choice([2, 2, 3]))
    }
    if fine and slots:
        key = choice.choice(sorted(slots))
        slots[key] = Slot(
            key, slots[key].ticks, 1, 3, (1, 2), None, frozenset(choice.sample(sorted(people), 1))
        )
    return Problem(
        site="tiny",
        days=days,
        ticks=ticks,
        minutes_per_tick=30 if fine else 60,
        first_minute=540,
        blocks=blocks,
        kinds=kinds,
        variants=variants,
        slots=slots,
        staff={name: _tiny_staff(choice, name, days, ticks) for name in ("s0", "s1")},
        rooms=tuple(
            Room(f"r{number}", "group", choice.choice([1, 2, 3])) for number in range(choice.choice([1, 2]))
        ),
        people=people,
        apart=frozenset({("p0", "p1")} if choice.random() < 0.2 else ()),
        never_with=frozenset({("p0", "s1")} if choice.random() < 0.3 else ()),
        weights=Weights(),
        billable_ticks=choice.choice([1, 2]),
        waiting_ticks=1 if fine else 0,
    )


def _tiny_slots(choice: random.Random, kinds: dict[str, Kind], fine: bool) -> dict[SlotKey, Slot]:
    found = {}
    for _ in range(choice.choice([4, 5, 6])):
        kind = choice.choice(sorted(kinds))
        start = choice.randrange(4 - kinds[kind].ticks + 1)
        key = SlotKey(kind, choice.choice(["mix", "mix", "women"]), choice.randrange(2), start, 0)
        run = tuple(range(start, start + kinds[kind].ticks))
        found[key] = Slot(key, run, choice.choice([1, 1, 2]), choice.choice([1, 2, 3]), (2, 2))
    talks = sorted(key for key in found if key.type == "talk")
    if fine and len({key.day for key in talks}) == 2:
        for key in (next(key for key in talks if key.day == day) for day in (0, 1)):
            found[key] = Slot(key, found[key].ticks, 1, 3, (1, 2), "in series")
    return found


def _tiny_person(
    choice: random.Random,
    number: int,
    kinds: dict[str, Kind],
    blocks: dict[str, tuple[int, ...]],
    days: int,
    ticks: int,
) -> Person:
    required = {name: 1 for name in sorted(kinds) if choice.random() < 0.7}
    flexible = choice.choice([0, 0, 1, 2])
    ones = ()
    if choice.random() < 0.4:
        starts = None if choice.random() < 0.5 else frozenset({(0, choice.randrange(ticks)), (1, 2)})
        ones = (OneToOne("rx", choice.choice(["s0", "s1"]), 1, 1, starts, choice.choice([1, 2])),)
    hours = sum(kinds[name].hours * times for name, times in required.items()) + flexible + len(ones)
    return Person(
        id=f"p{number}",
        hours=hours,
        least_hours=choice.choice([0, min(2, hours)]),
        most_days=choice.choice([1, 2]),
        longest_day=choice.choice([2, 3, 4]),
        required=required,
        flexible_hours=flexible,
        variants={name: {"mix": 0, "women": 3} if choice.random() < 0.6 else {"mix": 1} for name in kinds},
        free=tuple(frozenset(t for t in range(ticks) if choice.random() < 0.85) for _ in range(days)),
        liking={
            (day, block): cost
            for day in range(days)
            for block, cost in (("AM", choice.choice([0, 0, 4])), ("PM", choice.choice([0, 0, 4])))
            if block in blocks
        },
        ones=ones,
    )


def _tiny_staff(choice: random.Random, name: str, days: int, ticks: int) -> Staff:
    free = tuple(frozenset(t for t in range(ticks) if choice.random() < 0.9) for _ in range(days))
    skills = frozenset({"talk", "skills"}) if choice.random() < 0.7 else frozenset({"talk"})
    gender = choice.choice(["F", "M"])
    return Staff(name, "therapist", gender, frozenset({"en"}), skills, free, choice.choice([2, 4]), 2)
