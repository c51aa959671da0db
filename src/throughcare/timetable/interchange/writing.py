"""Problems to JSON: what `read_problem` reads back as the same problem."""

from typing import Any

from throughcare.timetable.interchange.plans import write_plan
from throughcare.timetable.interchange.problems import FORMAT
from throughcare.timetable.problem import OneToOne, Person, Problem, Slot, Staff


def write_problem(problem: Problem) -> dict[str, Any]:
    """One site of a problem file, its possible meetings listed."""
    return {
        "format": FORMAT,
        "site": problem.site,
        **_grid(problem),
        **_groups(problem),
        "staff": [_staff(problem, staff) for staff in problem.staff.values()],
        "rooms": [{"id": room.id, "kind": room.kind, "cap": room.seats} for room in problem.rooms],
        "patients": [_person(person) for person in problem.people.values()],
        "apart": sorted(map(list, problem.apart)),
        "coi": sorted(map(list, problem.never_with)),
        "weights": _weights(problem),
        "prev": write_plan(problem.previous) if problem.previous else None,
    }


def _grid(problem: Problem) -> dict[str, Any]:
    """The days and what they are made of."""
    return {
        "days": problem.days,
        "periods": problem.ticks,
        "minutes_per_period": problem.minutes_per_tick,
        "first_minute": problem.first_minute,
        "billable_periods": problem.billable_ticks,
        "waiting_periods": problem.waiting_ticks,
        "day_names": list(problem.day_names),
        "names": dict(problem.names),
        "blocks": {name: list(run) for name, run in problem.blocks.items()},
    }


def _groups(problem: Problem) -> dict[str, Any]:
    """The types of groups, and where each may meet."""
    slots = list(problem.slots.values())
    return {
        "types": {
            name: {
                "dur": kind.ticks,
                "hours": kind.hours,
                "room": kind.room_kind,
                "variants": _variants_of(problem, name),
            }
            for name, kind in problem.kinds.items()
        },
        "variants": {
            one.name: {"leader_language": one.leader_language, "leader_gender": one.leader_gender}
            for one in problem.variants.values()
        },
        "flex_types": [kind.name for kind in problem.kinds.values() if kind.flexible],
        "min_size": min((slot.fewest for slot in slots), default=0),
        "max_size": max((slot.most for slot in slots), default=0),
        "good_size": list(slots[0].good) if slots else [0, 0],
        "slots": [_slot(slot) for slot in slots],
    }


def _variants_of(problem: Problem, kind: str) -> list[str]:
    """The variants that a type has somewhere, or that someone may be in."""
    found = dict.fromkeys(key.variant for key in problem.slots if key.type == kind)
    for person in problem.people.values():
        found.update(dict.fromkeys(person.variants.get(kind, {})))
    return list(found)


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "slot": list(slot.key),
        "min_size": slot.fewest,
        "max_size": slot.most,
        "good_size": list(slot.good),
        "series": slot.series,
        "closed_to": None if slot.closed_to is None else sorted(slot.closed_to),
    }


def _staff(problem: Problem, staff: Staff) -> dict[str, Any]:
    return {
        "id": staff.id,
        "role": staff.role,
        "gender": staff.gender,
        "langs": sorted(staff.languages),
        "skills": sorted(staff.skills & problem.kinds.keys()),
        "avail": [sorted(day) for day in staff.free],
        "max_group_h": staff.most_group_hours,
        "target_group_h": staff.target_group_hours,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "hours": person.hours,
        "min_hours": person.least_hours,
        "days": person.most_days,
        "max_day_h": person.longest_day,
        "req": dict(person.required),
        "flex": person.flexible_hours,
        "variants": {name: [list(pair) for pair in costs.items()] for name, costs in person.variants.items()},
        "avail": [sorted(day) for day in person.free],
        "pref": {f"{day}{block}": cost for (day, block), cost in person.liking.items()},
        "one": [_one(one) for one in person.ones],
    }


def _one(one: OneToOne) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "staff": one.staff,
        "periods": None if one.starts is None else sorted(map(list, one.starts)),
        "periods_long": one.ticks,
        "hours": one.hours,
        "together": one.together,
    }


def _weights(problem: Problem) -> dict[str, float]:
    weights = problem.weights
    return {
        "unmet": weights.unmet,
        "below": weights.below,
        "short": weights.short,
        "open": weights.open,
        "size": weights.size,
        "fair": weights.fair,
        "change": weights.change,
        "fac_change": weights.leader_change,
    }
