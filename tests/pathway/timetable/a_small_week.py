"""A week so small that a person sees through it: three people, two groups, one therapist."""

from throughcare.timetable.problem import (
    Kind,
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

MONDAY_CBT = SlotKey("cbt", "mix", 0, 0, 0)
TUESDAY_CBT = SlotKey("cbt", "mix", 1, 0, 0)


def a_small_week(**changes) -> Problem:
    """CBT may be held on Monday and on Tuesday at nine; everyone wants an hour of it."""
    free = (frozenset(range(4)),) * 2
    said = {
        "site": "Main Street",
        "days": 2,
        "ticks": 4,
        "minutes_per_tick": 60,
        "first_minute": 540,
        "blocks": {"AM": (0, 1, 2, 3)},
        "kinds": {"cbt": Kind("cbt", 1, 1, "group", False)},
        "variants": {"mix": Variant("mix")},
        "slots": {key: Slot(key, (key.start,), 1, 4, (1, 4)) for key in (MONDAY_CBT, TUESDAY_CBT)},
        "staff": {
            "felix": Staff("felix", "therapist", "M", frozenset({"en"}), frozenset({"cbt"}), free, 10, 10)
        },
        "rooms": (Room("blue", "group", 8),),
        "people": {
            name: Person(name, 1, 1, 2, 4, {"cbt": 1}, 0, {"cbt": {"mix": 0}}, free, {}, ())
            for name in ("ana", "lee", "hope")
        },
        "apart": frozenset(),
        "never_with": frozenset(),
        "weights": Weights(),
        "billable_ticks": 1,
    }
    return Problem(**{**said, **changes})


def everyone_on(key: SlotKey) -> Plan:
    """All three in one group."""
    return Plan({key: "felix"}, {name: frozenset({key}) for name in ("ana", "lee", "hope")}, {})
