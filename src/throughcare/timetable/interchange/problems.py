"""Problems from JSON: every key looked at, every name looked up."""

from collections.abc import Mapping
from typing import Any

from throughcare.timetable.interchange.json_value import ProblemError, Value, once
from throughcare.timetable.interchange.people import SHORTEST, read_people
from throughcare.timetable.interchange.plans import read_plan
from throughcare.timetable.interchange.slots import read_slots
from throughcare.timetable.problem import Kind, Problem, Room, Staff, Variant, Weights

FORMAT = "iop-week/1"
# What a variant's name asks of its leader in the interchange format.
VARIANTS = {
    "mix": Variant("mix"),
    "women": Variant("women", leader_gender="F"),
    "men": Variant("men"),
    "es": Variant("es", leader_language="es"),
}
# Words for the interchange format's own ids.
WORDS = {
    "AM": "morning",
    "PM": "afternoon",
    "EV": "evening",
    "mix": "mixed",
    "es": "Spanish",
    "ind": "individual",
    "fam": "family",
    "rx": "prescriber",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def read_problems(sites: Any) -> tuple[Problem, ...]:
    """The sites of a problem file. Raises `ProblemError`."""
    if isinstance(sites, dict):
        return (read_problem(sites),)
    found = tuple(read_problem(one.it, one.where) for one in Value(sites, "sites").items())
    if not found:
        raise ProblemError("sites", "at least one site is expected")
    return found


def read_problem(site: Any, where: str = "") -> Problem:
    """One site of a problem file. Raises `ProblemError`."""
    value = Value(site, where)
    if value.or_else("format", FORMAT).it != FORMAT:
        raise value.key("format").wrong(f"{FORMAT!r} is expected")
    days, ticks = value.key("days").whole(1, len(DAYS)), value.key("periods").whole(1, 1440)
    blocks = {name: _run(run, ticks) for name, run in value.key("blocks").fields()}
    kinds = _kinds(value)
    variants = _variants(value)
    rooms = tuple(_room(row) for row in once(value.key("rooms").items(), "a room with the id"))
    staff = {one.id: one for one in _staff(value, kinds, days, ticks)}
    people = read_people(value, kinds, staff, blocks, days, ticks)
    return Problem(
        site=value.key("site").text(),
        days=days,
        ticks=ticks,
        minutes_per_tick=value.or_else("minutes_per_period", 60).whole(1, 1440),
        first_minute=value.or_else("first_minute", 540).whole(0, 1439),
        blocks=blocks,
        kinds=kinds,
        variants=variants,
        slots=read_slots(value, kinds, variants, rooms, people, days, ticks),
        staff=staff,
        rooms=rooms,
        people=people,
        apart=frozenset(
            (a.among(people, "a patient"), b.among(people, "a patient")) for a, b in _pairs(value, "apart")
        ),
        never_with=frozenset(
            (a.among(people, "a patient"), b.among(staff, "one of the staff"))
            for a, b in _pairs(value, "coi")
        ),
        weights=_weights(value.key("weights")),
        previous=_previous(value, kinds, days, ticks),
        billable_ticks=value.or_else("billable_periods", 3).whole(0, ticks),
        waiting_ticks=value.or_else("waiting_periods", 0).whole(0, ticks),
        day_names=_day_names(value, days),
        names={**WORDS, **{name: word.text() for name, word in value.or_else("names", {}).fields()}},
    )


def _run(value: Value, ticks: int) -> tuple[int, ...]:
    run = tuple(one.whole(0, ticks - 1) for one in value.items())
    if not run or run != tuple(range(run[0], run[0] + len(run))):
        raise value.wrong("periods that follow each other are expected")
    return run


def _kinds(site: Value) -> dict[str, Kind]:
    types = site.key("types")
    flexible = {one.among(types.object(), "a type") for one in site.key("flex_types").items()}
    found = {}
    for name, row in types.fields():
        long = row.key("dur").whole(1)
        hours = row.or_else("hours", long).number(SHORTEST)
        found[name] = Kind(name, long, hours, row.key("room").text(), name in flexible)
    return found


def _variants(site: Value) -> dict[str, Variant]:
    asked = site.or_else("variants", {}) if site.has("variants") else Value({}, "")
    known = {**VARIANTS, **{name: _variant(name, row) for name, row in asked.fields()}}
    names = {one.text() for _, row in site.key("types").fields() for one in row.key("variants").items()}
    names |= asked.object().keys()
    return {name: known.get(name, Variant(name)) for name in sorted(names)}


def _variant(name: str, row: Value) -> Variant:
    language = row.key("leader_language").text() if row.has("leader_language") else None
    return Variant(name, language, row.key("leader_gender").text() if row.has("leader_gender") else None)


def _room(row: Value) -> Room:
    return Room(row.key("id").text(), row.key("kind").text(), row.key("cap").whole())


def _staff(site: Value, kinds: Mapping[str, Kind], days: int, ticks: int) -> list[Staff]:
    return [
        Staff(
            row.key("id").text(),
            row.key("role").text(),
            row.key("gender").text(),
            frozenset(one.text() for one in row.key("langs").items()),
            frozenset(one.among(kinds, "a type") for one in row.key("skills").items()),
            tuple(day.ticks(ticks) for day in row.key("avail").items(days)),
            row.key("max_group_h").number(),
            row.key("target_group_h").number(),
        )
        for row in once(site.key("staff").items(), "someone with the id")
    ]


def _pairs(site: Value, name: str) -> list[list[Value]]:
    return [list(pair.items(2)) for pair in site.key(name).items()]


def _weights(row: Value) -> Weights:
    return Weights(
        unmet=row.key("unmet").number(),
        below=row.key("below").number(),
        short=row.key("short").number(),
        open=row.key("open").number(),
        size=row.key("size").number(),
        fair=row.key("fair").number(),
        change=row.key("change").number(),
        leader_change=row.key("fac_change").number(),
    )


def _previous(site: Value, kinds: Mapping[str, Kind], days: int, ticks: int) -> Any:
    """The published plan. People and staff in it may have left since; types and times are those of this site."""
    if not site.has("prev"):
        return None
    value = site.key("prev")
    plan = read_plan(value.it, value.where)
    for place, row in enumerate(value.key("groups").items()):
        _known(row.key("slot"), kinds, days, ticks, f"{value.where}.groups[{place}].slot")
    for _, rows in value.key("attend").fields():
        for row in rows.items():
            _known(row, kinds, days, ticks, row.where)
    for _, ones in value.key("one").fields():
        for _, at in ones.fields():
            at.moment(days, ticks)
    return plan


def _known(slot: Value, kinds: Mapping[str, Kind], days: int, ticks: int, where: str) -> None:
    name, _, day, start, _ = Value(slot.it, where).items(5)
    name.among(kinds, "a type")
    day.whole(0, days - 1)
    start.whole(0, ticks - 1)


def _day_names(site: Value, days: int) -> tuple[str, ...]:
    if not site.has("day_names"):
        return DAYS
    names = tuple(one.text() for one in site.key("day_names").items())
    if len(names) < days:
        raise site.key("day_names").wrong(f"a name for each of the {days} days is expected")
    return names
