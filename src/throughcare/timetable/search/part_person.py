"""One person's week in the model of a part: sessions, visits and days that hang together."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from throughcare.timetable.search import price
from throughcare.timetable.search.part_slots import may_take
from throughcare.timetable.search.rows import Stretch, units
from throughcare.timetable.search.week import When

if TYPE_CHECKING:
    from throughcare.timetable.search.part_of_week import PartOfWeek

# (variable, coefficient)
Term = tuple[int, int]


@dataclass
class PersonPart:
    """One person's variables, and what they keep on the days that the part leaves alone."""

    person: int
    kept_slots: frozenset[int]
    kept_ones: dict[int, When]
    comes: dict[int, int] = field(default_factory=dict)
    # (which one-to-one, day, start) -> whether it is held then
    held: dict[tuple[int, int, int], int] = field(default_factory=dict)


def write_person(part: "PartOfWeek", person: int) -> PersonPart:
    """Writes one person's week."""
    week, tables = part.week, part.tables
    kept = frozenset(s for s in week.attend[person] if tables.slots[s].day not in part.days)
    ones = {place: when for place, when in week.ones[person].items() if when[0] not in part.days}
    mine = PersonPart(person, kept, ones)
    _write_comes(part, mine)
    _write_visits(part, mine)
    _write_series(part, mine)
    _write_prescription(part, mine)
    _write_days(part, mine)
    return mine


def _write_comes(part: "PartOfWeek", mine: PersonPart) -> None:
    week, tables, person = part.week, part.tables, mine.person
    row = tables.people[person]
    published = tables.had_slots.get(person, frozenset())
    strangers = tables.apart.get(person, set()) - set(part.people)
    chosen = set(part.slots)
    by_type_day: dict[tuple[str, int], list[int]] = {}
    for day in part.days:
        for slot in row.by_day[day]:
            inside = slot in week.attend[person]
            if slot not in chosen or (not inside and strangers & week.members[slot]):
                continue
            leader = week.leader.get(slot)
            if slot not in part.leads and (person, leader) in tables.never:
                continue
            cost = row.slots[slot] - (units(tables.weights.change) if slot in published else 0)
            variable = part.model.choice(inside, cost - tables.slots[slot].minutes * _an_hour(part))
            mine.comes[slot] = part.comes[slot][person] = variable
            by_type_day.setdefault((tables.slots[slot].type, day), []).append(variable)
    for variables in by_type_day.values():
        part.model.at_most_one(variables)


def _an_hour(part: "PartOfWeek") -> int:
    """What an unmet minute costs, in units."""
    return round(part.tables.weights.unmet)


def _write_visits(part: "PartOfWeek", mine: PersonPart) -> None:
    """When each one-to-one is held: at most once, when the staff member has time left."""
    tables, person = part.tables, mine.person
    for place, one in enumerate(tables.people[person].ones):
        if place in mine.kept_ones:
            continue
        now = part.week.ones[person].get(place)
        had = tables.had_ones.get(person, {}).get(one.kind)
        variables = []
        for day in part.days:
            for start in one.starts[day]:
                ticks = tuple(range(start, start + one.ticks))
                if not may_take(part, one.staff, day, ticks, one.share):
                    continue
                same = units(tables.weights.change) if had == (day, start) else 0
                variable = part.model.choice(now == (day, start), -one.minutes * _an_hour(part) - same)
                mine.held[place, day, start] = variable
                variables.append(variable)
                part.take(one.staff, day, ticks, variable, one.share)
        part.model.at_most_one(variables)


def _write_series(part: "PartOfWeek", mine: PersonPart) -> None:
    """Meetings of a series are attended all together or not at all."""
    tables = part.tables
    names = {name for s in mine.comes if (name := tables.slots[s].series) is not None}
    for name in sorted(names):
        variables = [mine.comes[s] for s in tables.series[name] if s in mine.comes]
        fixed = [s in mine.kept_slots for s in tables.series[name] if s not in mine.comes]
        for variable in variables:
            if fixed:
                part.model.between(int(all(fixed)), [(variable, 1)], int(all(fixed)))
            elif variable != variables[0]:
                part.model.between(0, [(variable, 1), (variables[0], -1)], 0)


def _write_prescription(part: "PartOfWeek", mine: PersonPart) -> None:
    """No more of a type than is prescribed, beyond it only flexible hours; and the price of too few hours."""
    tables, model, row = part.tables, part.model, part.tables.people[mine.person]
    by_type: dict[str, list[int]] = {}
    for slot, variable in mine.comes.items():
        by_type.setdefault(tables.slots[slot].type, []).append(variable)
    beyond: list[Term] = []
    spent = 0
    kept: dict[str, int] = {}
    for slot in mine.kept_slots:
        kept[tables.slots[slot].type] = kept.get(tables.slots[slot].type, 0) + 1
    for kind in sorted({*by_type, *kept}):
        minutes = price_minutes(part, kind)
        most = row.required.get(kind, 0) - kept.get(kind, 0)
        terms = [(variable, 1) for variable in by_type.get(kind, [])]
        if not tables.problem.kinds[kind].flexible:
            model.between(0, terms, max(0, most))
        elif not terms:
            spent += max(0, -most) * minutes
        elif len(terms) > most:
            now = sum(
                slot in part.week.attend[mine.person]
                for slot in mine.comes
                if tables.slots[slot].type == kind
            )
            extra = model.variable(0, len(terms) + max(0, -most), max(0, now - most))
            model.between(-most, [(extra, 1), *((v, -1) for v, _ in terms)])
            beyond.append((extra, minutes))
    if beyond:
        model.between(0, beyond, max(0, row.flexible - spent))
    _write_below(part, mine)


def price_minutes(part: "PartOfWeek", kind: str) -> int:
    """The minutes that a session of a type counts for."""
    return round(part.tables.problem.kinds[kind].hours * 60)


def _write_below(part: "PartOfWeek", mine: PersonPart) -> None:
    tables, row = part.tables, part.tables.people[mine.person]
    terms = [(v, tables.slots[slot].minutes) for slot, v in mine.comes.items()]
    terms += [(v, row.ones[place].minutes) for (place, _, _), v in mine.held.items()]
    kept = sum(tables.slots[s].minutes for s in mine.kept_slots)
    kept += sum(row.ones[place].minutes for place in mine.kept_ones)
    if row.enough > kept:
        below = part.model.choice(price.is_below(part.week, mine.person), units(tables.weights.below))
        part.model.between(row.enough - kept, [*terms, (below, row.enough - kept)])


def _write_days(part: "PartOfWeek", mine: PersonPart) -> None:
    """Each day is at most one stretch, filled by what the person comes to; and not too many days."""
    tables, row = part.tables, part.tables.people[mine.person]
    fixed = {tables.slots[s].day for s in mine.kept_slots} | {day for day, _ in mine.kept_ones.values()}
    on_days: list[Term] = []
    now = price.covered(part.week, mine.person)
    for day in part.days:
        covering: dict[int, list[int]] = {}
        for slot in row.by_day[day]:
            if slot in mine.comes:
                for tick in tables.slots[slot].ticks:
                    covering.setdefault(tick, []).append(mine.comes[slot])
        for (place, on, start), variable in mine.held.items():
            if on == day:
                for tick in range(start, start + row.ones[place].ticks):
                    covering.setdefault(tick, []).append(variable)
        on_days += [(v, 1) for v in _write_day(part, mine.person, day, covering, now.get(day, []))]
    part.model.between(0, on_days, max(0, row.most_days - len(fixed)))


def _write_day(
    part: "PartOfWeek", person: int, day: int, covering: dict[int, list[int]], now: list[int]
) -> list[int]:
    """Writes one day; returns the variables of its stretches, of which at most one is chosen."""
    tables, model, row = part.tables, part.model, part.tables.people[person]
    chosen: list[tuple[Stretch, int]] = []
    for stretch in row.stretches[day]:
        filled = sum(tick in covering for tick in stretch.ticks)
        if (
            stretch.length - filled <= tables.waiting
            and {stretch.ticks[0], stretch.ticks[-1]} <= covering.keys()
        ):
            same = bool(now) and (min(now), max(now) + 1 - min(now)) == (stretch.start, stretch.length)
            chosen.append((stretch, model.choice(same, stretch.cost)))
    model.at_most_one([variable for _, variable in chosen])
    for tick, variables in covering.items():
        terms = [(v, 1) for v in variables] + [(w, -1) for stretch, w in chosen if tick in stretch.ticks]
        model.between(0 if tables.waiting == 0 else -1, terms, 0)
    if tables.waiting:
        _write_waiting(part, row.longest, chosen, covering, len(now))
    return [variable for _, variable in chosen]


def _write_waiting(
    part: "PartOfWeek",
    longest: int,
    chosen: list[tuple[Stretch, int]],
    covering: dict[int, list[int]],
    now: int,
) -> None:
    """A stretch may have a few idle ticks, not at its ends; a day is short by what it covers, not by its length."""
    tables, model = part.tables, part.model
    covers = [(v, 1) for variables in covering.values() for v in variables]
    model.between(0, covers, longest)
    spans = [(w, stretch.length) for stretch, w in chosen]
    model.between(-part.tables.waiting, [*covers, *((w, -length) for w, length in spans)], 0)
    for tick in sorted({t for stretch, _ in chosen for t in (stretch.ticks[0], stretch.ticks[-1])}):
        ends = [(w, -1) for stretch, w in chosen if tick in (stretch.ticks[0], stretch.ticks[-1])]
        model.between(0, [*((v, 1) for v in covering[tick]), *ends])
    cost = units(tables.weights.short)
    short = model.choice(0 < now < tables.billable, cost)
    least = [(w, -tables.billable) for _, w in chosen]
    model.between(0, [*covers, (short, tables.billable), *least])
