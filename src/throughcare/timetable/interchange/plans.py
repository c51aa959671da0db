"""Plans as JSON."""

from typing import Any

from throughcare.timetable.interchange.json_value import Value
from throughcare.timetable.problem import Plan, SlotKey


def read_plan(plan: Any, where: str = "") -> Plan:
    """A plan of one site. Raises `ProblemError`."""
    value = Value(plan, where)
    groups: dict[SlotKey, str] = {}
    for row in value.key("groups").items():
        key = read_key(row.key("slot"))
        if key in groups:
            raise row.key("slot").wrong("this group is listed twice")
        groups[key] = row.key("fac").text()
    return Plan(
        groups=groups,
        attend={person: _slots(slots) for person, slots in value.key("attend").fields()},
        ones={
            person: {kind: at.moment() for kind, at in ones.fields()}
            for person, ones in value.key("one").fields()
        },
    )


def read_plans(plans: Any) -> tuple[Plan, ...]:
    """The plans of a file, one a site. Raises `ProblemError`."""
    if isinstance(plans, dict):
        return (read_plan(plans),)
    return tuple(read_plan(one.it, one.where) for one in Value(plans, "plans").items())


def write_plan(plan: Plan) -> dict[str, Any]:
    """A plan of one site, as the interchange format writes it, in a fixed order."""
    return {
        "groups": [{"slot": list(key), "fac": plan.groups[key]} for key in sorted(plan.groups)],
        "attend": {
            person: [list(key) for key in sorted(plan.attend[person])] for person in sorted(plan.attend)
        },
        "one": {
            person: {kind: list(at) for kind, at in sorted(plan.ones[person].items())}
            for person in sorted(plan.ones)
        },
    }


def read_key(value: Value) -> SlotKey:
    """The name of a slot: [type, variant, day, first period, copy]."""
    kind, variant, day, start, copy = value.items(5)
    return SlotKey(kind.text(), variant.text(), day.whole(), start.whole(), copy.whole())


def _slots(value: Value) -> frozenset[SlotKey]:
    found: set[SlotKey] = set()
    for row in value.items():
        key = read_key(row)
        if key in found:
            raise row.wrong("this group is listed twice")
        found.add(key)
    return frozenset(found)
