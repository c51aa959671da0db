"""A clinic's own week made by hand: quarter hours, waits, a series, a closed group, long visits, a published week."""

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

TICKS = 24
ALL_DAY = frozenset(range(TICKS))
MORNING, EVENING = tuple(range(12)), tuple(range(12, TICKS))


def clinic_week(*, published: bool = False) -> Problem:
    """Six hours a day in quarters, on three days; process 75 minutes, skills 45, relapse 90 in a series of two."""
    kinds = {
        "process": Kind("process", 5, 1.25, "group", False),
        "skills": Kind("skills", 3, 0.75, "group", True),
        "relapse": Kind("relapse", 6, 1.5, "group", False),
    }
    slots = {}
    for day in range(3):
        for start in (0, 12):
            _add(slots, kinds, "process", day, start)
            _add(slots, kinds, "skills", day, start + 6)
    for day in (0, 2):
        _add(slots, kinds, "relapse", day, 18, series="relapse", closed_to=frozenset({"a", "b", "c", "d"}))
    staff = {name: _staff(name) for name in ("ana", "ben", "cleo")}
    people = {name: _person(name, place) for place, name in enumerate("abcdefgh")}
    return Problem(
        site="own",
        days=3,
        ticks=TICKS,
        minutes_per_tick=15,
        first_minute=600,
        blocks={"AM": MORNING, "PM": EVENING},
        kinds=kinds,
        variants={"mix": Variant("mix")},
        slots=slots,
        staff=staff,
        rooms=(Room("large", "group", 6), Room("small", "group", 3)),
        people=people,
        apart=frozenset({("a", "e")}),
        never_with=frozenset({("f", "ana")}),
        weights=Weights(),
        previous=_published() if published else None,
        billable_ticks=8,
        waiting_ticks=2,
    )


def _add(slots, kinds, kind, day, start, **more):
    key = SlotKey(kind, "mix", day, start, 0)
    slots[key] = Slot(key, tuple(range(start, start + kinds[kind].ticks)), 2, 6, (3, 5), **more)


def _staff(name):
    skills = frozenset({"process", "skills", "relapse"})
    return Staff(name, "therapist", "F", frozenset({"en"}), skills, (ALL_DAY,) * 3, 8, 6)


def _person(name, place):
    free = frozenset(EVENING) if place % 2 else ALL_DAY
    closed = {"relapse": 2} if name in "abcd" else {}
    return Person(
        id=name,
        hours=5 + 3 * bool(closed),
        least_hours=4,
        most_days=3,
        longest_day=12,
        required={"process": 2, "skills": 1, **closed},
        flexible_hours=0.75,
        variants={kind: {"mix": 0} for kind in ("process", "skills", "relapse")},
        free=(free,) * 3,
        liking={(0, "AM"): 3, (1, "PM"): 2},
        ones=(OneToOne("ind", "cleo", 4, 1.0, None),),
    )


def _published():
    """A week in which the series and two groups are held."""
    groups = {
        SlotKey("relapse", "mix", 0, 18, 0): "ana",
        SlotKey("relapse", "mix", 2, 18, 0): "ana",
        SlotKey("process", "mix", 0, 12, 0): "ben",
        SlotKey("process", "mix", 2, 12, 0): "ben",
    }
    return Plan(groups=groups, attend={name: frozenset(groups) for name in "abcd"}, ones={})
