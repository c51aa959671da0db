"""The possible meetings from JSON: listed, or every combination that lies within the hours of groups."""

from collections.abc import Collection, Mapping

from throughcare.timetable.interchange.json_value import ProblemError, Value
from throughcare.timetable.interchange.plans import read_key
from throughcare.timetable.problem import Kind, Room, Slot, SlotKey

ART = "art"
# More parallel copies than any clinic has rooms.
MOST_COPIES = 100


def read_slots(
    site: Value,
    kinds: Mapping[str, Kind],
    variants: Collection[str],
    rooms: tuple[Room, ...],
    people: Collection[str],
    days: int,
    ticks: int,
) -> dict[SlotKey, Slot]:
    """The possible meetings of a site."""
    if site.has("slots"):
        return _listed(site, kinds, people, days, ticks)
    return _combined(site, kinds, rooms, days, ticks)


def _listed(
    site: Value, kinds: Mapping[str, Kind], people: Collection[str], days: int, ticks: int
) -> dict[SlotKey, Slot]:
    found: dict[SlotKey, Slot] = {}
    for row in site.key("slots").items():
        key = read_key(row.key("slot"))
        if key in found:
            raise row.key("slot").wrong("this slot is listed twice")
        name, variant, day, start, _ = row.key("slot").items(5)
        kind = kinds[name.among(kinds, "a type")]
        offered = site.key("types").key(kind.name).key("variants")
        variant.among([one.text() for one in offered.items()], f"a variant of {kind.name}")
        day.whole(0, days - 1)
        if start.whole(0, ticks - 1) + kind.ticks > ticks:
            raise start.wrong(f"{kind.name} would end after the last period of the day")
        fewest, most, good = _sizes(row, site)
        series = row.key("series").text() if row.has("series") else None
        closed = (
            frozenset(one.among(people, "a patient") for one in row.key("closed_to").items())
            if row.has("closed_to")
            else None
        )
        found[key] = Slot(
            key, tuple(range(key.start, key.start + kind.ticks)), fewest, most, good, series, closed
        )
    return found


def _sizes(row: Value, site: Value) -> tuple[int, int, tuple[int, int]]:
    """The fewest and most people and the good sizes: a slot's own, or else the site's."""

    def own(name: str) -> Value:
        return row.key(name) if row.has(name) else site.key(name)

    fewest, most = own("min_size").whole(), own("max_size").whole()
    low, high = own("good_size").items(2)
    return fewest, most, (low.whole(), high.whole())


def _combined(
    site: Value, kinds: Mapping[str, Kind], rooms: tuple[Room, ...], days: int, ticks: int
) -> dict[SlotKey, Slot]:
    """Every combination of type, variant, day, start and copy that lies within the hours of groups."""
    fewest, largest, good = _sizes(site, site)
    if fewest > largest:
        raise ProblemError(
            site.key("min_size").where, f"groups of {fewest} or more, yet of {largest} at most"
        )
    copies = site.key("copies").whole(0, MOST_COPIES)
    ends = [end.whole(0, ticks) for end in site.key("day_end").items(days)]
    runs = [run.ticks(ticks) for _, run in site.key("group_periods").fields()]
    studio = min((room.seats for room in rooms if room.kind == ART), default=0)
    found = {}
    for kind in kinds.values():
        most = studio if kind.room_kind == ART else largest
        names = [one.text() for one in site.key("types").key(kind.name).key("variants").items()]
        for day in range(days):
            for start in _starts(kind, runs, ends[day]):
                for variant in names:
                    for copy in range(copies):
                        key = SlotKey(kind.name, variant, day, start, copy)
                        run = tuple(range(start, start + kind.ticks))
                        found[key] = Slot(key, run, fewest, most, good)
    return found


def _starts(kind: Kind, runs: list[frozenset[int]], end: int) -> list[int]:
    """The ticks at which a session of this kind may begin on a day, within one run of group periods."""
    return [
        start
        for run in runs
        for start in sorted(run)
        if run.issuperset(range(start, start + kind.ticks)) and start + kind.ticks <= end
    ]
