"""A small clinic with a clean week, which tests change to break one rule at a time."""

from dataclasses import replace
from typing import Any

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

DBT = SlotKey("DBT", "mix", 0, 0, 0)
PSY = SlotKey("PSY", "mix", 0, 2, 0)
PSY_TUESDAY = SlotKey("PSY", "mix", 1, 2, 0)
PSY_LATE = SlotKey("PSY", "mix", 0, 4, 0)
PSY_AGAIN = SlotKey("PSY", "mix", 0, 2, 1)
PSY_WOMEN = SlotKey("PSY", "women", 0, 2, 0)
PSY_SPANISH = SlotKey("PSY", "es", 0, 2, 0)
ART = SlotKey("ART", "mix", 0, 2, 0)
ALWAYS = (frozenset(range(6)),) * 3


def slot(key: SlotKey, ticks: int, **changes: Any) -> Slot:
    return replace(Slot(key, tuple(range(key.start, key.start + ticks)), 2, 3, (2, 3)), **changes)


def staff(name: str, role: str = "therapist", gender: str = "F", **changes: Any) -> Staff:
    skills = frozenset({"DBT", "PSY", "ART"}) if role == "therapist" else frozenset()
    return replace(Staff(name, role, gender, frozenset({"en"}), skills, ALWAYS, 4, 3), **changes)


def person(name: str, **changes: Any) -> Person:
    """Four hours: skills, one hour of anything flexible, and the prescriber."""
    every = {"mix": 0.0, "women": 1.0, "es": 2.0}
    return replace(
        Person(
            id=name,
            hours=4,
            least_hours=3,
            most_days=1,
            longest_day=4,
            required={"DBT": 1},
            flexible_hours=1,
            variants={"DBT": every, "PSY": every, "ART": every},
            free=ALWAYS,
            liking={(0, "AM"): 2.0},
            ones=(OneToOne("rx", "pia", 1, 1, None, 2),),
        ),
        **changes,
    )


def clinic(**changes: Any) -> Problem:
    slots = {
        key: slot(key, 2 if key.type == "DBT" else 1)
        for key in (DBT, PSY, PSY_TUESDAY, PSY_LATE, PSY_AGAIN, PSY_WOMEN, PSY_SPANISH, ART)
    }
    problem = Problem(
        site="small",
        days=3,
        ticks=6,
        minutes_per_tick=60,
        first_minute=540,
        blocks={"AM": (0, 1, 2, 3), "PM": (3, 4, 5)},
        kinds={
            "DBT": Kind("DBT", 2, 2, "group", False),
            "PSY": Kind("PSY", 1, 1, "group", True),
            "ART": Kind("ART", 1, 1, "art", True),
        },
        variants={
            "mix": Variant("mix"),
            "women": Variant("women", leader_gender="F"),
            "es": Variant("es", leader_language="es"),
        },
        slots=slots,
        staff={
            "tom": staff("tom", gender="M"),
            "una": staff("una"),
            "pia": staff("pia", role="prescriber"),
        },
        rooms=(Room("big", "group", 3), Room("small", "group", 2), Room("studio", "art", 2)),
        people={name: person(name) for name in ("ana", "ben")},
        apart=frozenset(),
        never_with=frozenset(),
        weights=Weights(),
    )
    return replace(problem, **changes)


def week(**changes: Any) -> Plan:
    """Ana and Ben on Monday morning: skills, then psychoeducation, then both with the prescriber."""
    both = frozenset({DBT, PSY})
    plan = Plan(
        groups={DBT: "tom", PSY: "una"},
        attend={"ana": both, "ben": both},
        ones={"ana": {"rx": (0, 3)}, "ben": {"rx": (0, 3)}},
    )
    return replace(plan, **changes)


def having(problem: Problem, name: str, **changes: Any) -> Problem:
    """The problem with one person changed."""
    return replace(problem, people={**problem.people, name: replace(problem.people[name], **changes)})


def with_slot(problem: Problem, key: SlotKey, **changes: Any) -> Problem:
    """The problem with one slot changed."""
    return replace(problem, slots={**problem.slots, key: replace(problem.slots[key], **changes)})


def attending(plan: Plan, name: str, *keys: SlotKey) -> Plan:
    """The plan with one person in exactly these groups."""
    return replace(plan, attend={**plan.attend, name: frozenset(keys)})


def led(plan: Plan, **leaders: str) -> Plan:
    """The plan with other leaders: `led(plan, DBT="una")`."""
    return replace(plan, groups={key: leaders.get(key.type, staff) for key, staff in plan.groups.items()})
