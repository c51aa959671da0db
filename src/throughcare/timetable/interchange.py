"""Reading and writing problems and plans as JSON: the interchange format `iop-week/1`, and what a clinic's week adds.

A problem file is a list of sites (one site alone is taken too). Keys beyond the interchange format are optional:
`minutes_per_period` (60), `first_minute` (540), `slots` (a list of the possible meetings in place of every
combination of type, variant, day, start and copy), `billable_periods` (3), `waiting_periods` (0), `day_names`,
`names`; a type's `hours`; a slot's `series`, `closed_to`, sizes; a one-to-one's `periods_long` and `hours`.
"""

from collections.abc import Mapping
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

# What a variant's name asks of its leader in the interchange format.
VARIANTS = {
    "mix": Variant("mix"),
    "women": Variant("women", leader_gender="F"),
    "men": Variant("men"),
    "es": Variant("es", leader_language="es"),
}
# In the interchange format a prescriber sees two people an hour.
TOGETHER = {"rx": 2}
ART = "art"


def read_problem(site: Mapping[str, Any]) -> Problem:
    """One site of a problem file as a `Problem`."""
    kinds = {name: _kind(name, row, site) for name, row in site["types"].items()}
    variants = {v for row in site["types"].values() for v in row["variants"]}
    rooms = tuple(Room(r["id"], r["kind"], r["cap"]) for r in site["rooms"])
    return Problem(
        site=site["site"],
        days=site["days"],
        ticks=site["periods"],
        minutes_per_tick=site.get("minutes_per_period", 60),
        first_minute=site.get("first_minute", 540),
        blocks={name: tuple(run) for name, run in site["blocks"].items()},
        kinds=kinds,
        variants={v: VARIANTS.get(v, Variant(v)) for v in sorted(variants)},
        slots=_slots(site, kinds, rooms),
        staff={row["id"]: _staff(row) for row in site["staff"]},
        rooms=rooms,
        people={row["id"]: _person(row) for row in site["patients"]},
        apart=frozenset((a, b) for a, b in site["apart"]),
        never_with=frozenset((a, b) for a, b in site["coi"]),
        weights=_weights(site["weights"]),
        previous=read_plan(site["prev"]) if site.get("prev") else None,
        billable_ticks=site.get("billable_periods", 3),
        waiting_ticks=site.get("waiting_periods", 0),
        names=site.get("names", {}),
    )


def read_plan(plan: Mapping[str, Any]) -> Plan:
    """A plan of one site."""
    return Plan(
        groups={_key(row["slot"]): row["fac"] for row in plan["groups"]},
        attend={person: frozenset(map(_key, slots)) for person, slots in plan["attend"].items()},
        ones={
            person: {kind: (at[0], at[1]) for kind, at in ones.items()}
            for person, ones in plan["one"].items()
        },
    )


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


def _key(row: Any) -> SlotKey:
    return SlotKey(*row)


def _kind(name: str, row: Mapping[str, Any], site: Mapping[str, Any]) -> Kind:
    return Kind(name, row["dur"], row.get("hours", row["dur"]), row["room"], name in site["flex_types"])


def _slots(
    site: Mapping[str, Any], kinds: Mapping[str, Kind], rooms: tuple[Room, ...]
) -> dict[SlotKey, Slot]:
    """Every combination of type, variant, day, start and copy that lies within the hours of groups."""
    found = {}
    for kind in kinds.values():
        most = site["max_size"]
        if kind.room_kind == ART:
            most = min((room.seats for room in rooms if room.kind == ART), default=0)
        for day in range(site["days"]):
            for start in _starts(kind, day, site):
                for variant in site["types"][kind.name]["variants"]:
                    for copy in range(site["copies"]):
                        key = SlotKey(kind.name, variant, day, start, copy)
                        ticks = tuple(range(start, start + kind.ticks))
                        low, high = site["good_size"]
                        found[key] = Slot(key, ticks, site["min_size"], most, (low, high))
    return found


def _starts(kind: Kind, day: int, site: Mapping[str, Any]) -> list[int]:
    """The ticks at which a session of this kind may begin on a day, within one run of group periods."""
    return [
        start
        for run in site["group_periods"].values()
        for start in run
        if start + kind.ticks - 1 in run and start + kind.ticks <= site["day_end"][day]
    ]


def _staff(row: Mapping[str, Any]) -> Staff:
    return Staff(
        row["id"],
        row["role"],
        row["gender"],
        frozenset(row["langs"]),
        frozenset(row["skills"]),
        tuple(frozenset(day) for day in row["avail"]),
        row["max_group_h"],
        row["target_group_h"],
    )


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        id=row["id"],
        hours=row["hours"],
        least_hours=row["min_hours"],
        most_days=row["days"],
        longest_day=row["max_day_h"],
        required=dict(row["req"]),
        flexible_hours=row["flex"],
        variants={kind: dict(allowed) for kind, allowed in row["variants"].items()},
        free=tuple(frozenset(day) for day in row["avail"]),
        liking={(int(where[0]), where[1:]): cost for where, cost in row["pref"].items()},
        ones=tuple(_one(one) for one in row["one"]),
    )


def _one(row: Mapping[str, Any]) -> OneToOne:
    starts = None if row["periods"] is None else frozenset((day, tick) for day, tick in row["periods"])
    return OneToOne(
        row["kind"],
        row["staff"],
        row.get("periods_long", 1),
        row.get("hours", 1),
        starts,
        TOGETHER.get(row["kind"], 1),
    )


def _weights(row: Mapping[str, Any]) -> Weights:
    return Weights(
        unmet=row["unmet"],
        below=row["below"],
        short=row["short"],
        open=row["open"],
        size=row["size"],
        fair=row["fair"],
        change=row["change"],
        leader_change=row["fac_change"],
    )
