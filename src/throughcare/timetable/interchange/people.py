"""People from JSON: prescription, life and likings."""

import re
from collections.abc import Collection, Mapping

from throughcare.timetable.interchange.json_value import Value, once
from throughcare.timetable.problem import Kind, OneToOne, Person, Staff

# In the interchange format a prescriber sees two people an hour.
TOGETHER = {"rx": 2}
# No week has more hours.
WEEK = 168
# No session counts for less: a minute.
SHORTEST = 1 / 60


def read_people(
    site: Value,
    kinds: Mapping[str, Kind],
    staff: Mapping[str, Staff],
    blocks: Collection[str],
    days: int,
    ticks: int,
) -> dict[str, Person]:
    """The people of a site by id."""
    offered = {
        name: {one.text() for one in row.key("variants").items()} for name, row in site.key("types").fields()
    }
    return {
        row.key("id").text(): Person(
            id=row.key("id").text(),
            hours=row.key("hours").number(0, WEEK),
            least_hours=row.key("min_hours").number(0, WEEK),
            most_days=row.key("days").whole(0, days),
            longest_day=row.key("max_day_h").whole(0, ticks),
            required={name: times.whole(0, WEEK) for name, times in _named(row.key("req"), kinds, "a type")},
            flexible_hours=row.key("flex").number(0, WEEK),
            variants={
                name: _allowed(listed, offered[name])
                for name, listed in _named(row.key("variants"), kinds, "a type")
            },
            free=tuple(day.ticks(ticks) for day in row.key("avail").items(days)),
            liking=dict(_liking(name, cost, blocks, days) for name, cost in row.key("pref").fields()),
            ones=_ones(row.key("one"), staff, days, ticks),
        )
        for row in once(site.key("patients").items(), "a patient with the id")
    }


def _named(value: Value, known: Collection[str], what: str) -> list[tuple[str, Value]]:
    found = list(value.fields())
    for name, one in found:
        if name not in known:
            raise one.wrong(f"{name!r} is not {what} of this site")
    return found


def _allowed(value: Value, offered: Collection[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in value.items():
        variant, cost = row.items(2)
        name = variant.among(offered, "a variant of this type")
        if name in found:
            raise variant.wrong(f"the variant {name!r} is listed twice")
        found[name] = cost.number()
    return found


def _liking(name: str, cost: Value, blocks: Collection[str], days: int) -> tuple[tuple[int, str], float]:
    """What a part of a day costs; its name is the day's number and the block: “0AM”."""
    match = re.fullmatch(r"([0-9]{1,2})(.+)", name, re.DOTALL)
    if match is None or int(match[1]) >= days or match[2] not in blocks:
        raise cost.wrong("a day's number and a block, such as 0AM, is expected as the key")
    return (int(match[1]), match[2]), cost.number()


def _ones(value: Value, staff: Mapping[str, Staff], days: int, ticks: int) -> tuple[OneToOne, ...]:
    found: dict[str, OneToOne] = {}
    for row in value.items():
        kind = row.key("kind").text()
        if kind in found:
            raise row.key("kind").wrong(
                f"a second one-to-one of the kind {kind!r}; each kind is held once a week"
            )
        starts = None
        if row.key("periods").it is not None:
            starts = frozenset(one.moment(days, ticks) for one in row.key("periods").items())
        found[kind] = OneToOne(
            kind,
            row.key("staff").among(staff, "one of the staff"),
            row.or_else("periods_long", 1).whole(1, ticks),
            row.or_else("hours", 1).number(SHORTEST, WEEK),
            starts,
            row.or_else("together", TOGETHER.get(kind, 1)).whole(1),
        )
    return tuple(found.values())
