"""The groups in the model of a part: sizes, leaders, rooms, and who may not meet."""

from typing import TYPE_CHECKING

from throughcare.timetable.search.rows import UNIT, units

if TYPE_CHECKING:
    from throughcare.timetable.search.part_of_week import PartOfWeek


def write_groups(part: "PartOfWeek") -> None:
    """Writes everything that people share."""
    for slot in part.slots:
        _write_group(part, slot)
    _write_meetings(part)
    _write_staff(part)
    _write_rooms(part)


def others(part: "PartOfWeek", slot: int) -> int:
    """How many people outside the part come to this group."""
    return len(part.week.members[slot] - set(part.people))


def _write_group(part: "PartOfWeek", slot: int) -> None:
    """Size, and being open: a group with others in it stays open."""
    model, tables, row = part.model, part.tables, part.tables.slots[slot]
    fixed, coming = others(part, slot), part.comes[slot]
    seats = [(v, 1) for v in coming.values()]
    size = len(part.week.members[slot])
    is_open = slot in part.week.leader
    a_seat = units(tables.weights.size)
    under = model.variable(0, row.low, max(0, row.low - size) if is_open else 0, a_seat)
    if slot in part.leads:
        leads = [(v, 1) for v in part.leads[slot].values()]
        if fixed:
            model.between(1, leads, 1)
    if fixed:
        model.between(row.fewest - fixed, seats, row.most - fixed)
        model.between(row.low - fixed, [*seats, (under, 1)])
    else:
        cost = round(tables.weights.open * row.minutes * UNIT / 60)
        part.open[slot] = opened = model.choice(is_open, cost)
        model.between(0, [*leads, (opened, -1)], 0)
        model.between(0, [*seats, (opened, -row.fewest)])
        model.between(0, [*((v, -1) for v, _ in seats), (opened, row.most)])
        model.between(0, [*seats, (under, 1), (opened, -row.low)])
        for variable in coming.values():
            model.between(0, [(opened, 1), (variable, -1)])
    if fixed + len(coming) > row.high:
        over = model.variable(0, fixed + len(coming) - row.high, max(0, size - row.high), a_seat)
        model.between(fixed - row.high, [(over, 1), *((v, -1) for v, _ in seats)])


def _write_meetings(part: "PartOfWeek") -> None:
    """Pairs who are never in one group; people who never meet a leader."""
    tables = part.tables
    for slot, coming in part.comes.items():
        for person, variable in coming.items():
            for other in sorted(tables.apart.get(person, ())):
                if other > person and other in coming:
                    part.model.at_most_one([variable, coming[other]])
            for leader, leads in part.leads.get(slot, {}).items():
                if (person, leader) in tables.never:
                    part.model.at_most_one([variable, leads])


def _write_staff(part: "PartOfWeek") -> None:
    """Nobody is in two places, leads more than they may, or more than is meant without its price."""
    week, tables, model = part.week, part.tables, part.model
    for (staff, day, tick), terms in part.taking.items():
        whole = tables.staff[staff].parts
        left = whole - week.load[staff][day][tick] + part.freed.get((staff, day, tick), 0)
        if sum(parts for _, parts in terms) > left:
            model.between(0, terms, left)
    leading: dict[int, list[tuple[int, int]]] = {}
    for slot, choices in part.leads.items():
        for staff, variable in choices.items():
            leading.setdefault(staff, []).append((variable, tables.slots[slot].minutes))
    for staff, terms in leading.items():
        row, kept = tables.staff[staff], week.led[staff] - part.freed_minutes.get(staff, 0)
        most = kept + sum(minutes for _, minutes in terms)
        if most > row.most:
            model.between(0, terms, max(0, row.most - kept))
        if most > row.target:
            now = max(0, week.led[staff] - row.target)
            over = model.variable(0, most - row.target, now, round(tables.weights.fair))
            model.between(kept - row.target, [(over, 1), *((v, -minutes) for v, minutes in terms)])


def _write_rooms(part: "PartOfWeek") -> None:
    """At each tick, no more groups above each size than there are rooms that seat more."""
    week, tables = part.week, part.tables
    larger: dict[tuple[int, int], int] = {}
    at: dict[tuple[str, int, int], list[int]] = {}
    for slot in part.slots:
        for tick in tables.slots[slot].ticks:
            at.setdefault((tables.slots[slot].room, tables.slots[slot].day, tick), []).append(slot)
    for (room, day, tick), slots in at.items():
        alone = week.meeting.get((room, day, tick), set()) - set(slots)
        for size, rooms in tables.rooms[room]:
            left = rooms - sum(len(week.members[slot]) > size for slot in alone)
            might = [
                s for s in slots if min(tables.slots[s].most, others(part, s) + len(part.comes[s])) > size
            ]
            sure = [s for s in might if others(part, s) > size]
            unsure = [s for s in might if others(part, s) <= size]
            if len(might) > left:
                terms = [(_is_larger(part, slot, size, larger), 1) for slot in unsure]
                part.model.between(0, terms, left - len(sure))


def _is_larger(part: "PartOfWeek", slot: int, size: int, larger: dict[tuple[int, int], int]) -> int:
    """The variable that says whether the group has more people than `size`."""
    if size == 0:
        return part.open[slot]
    if (slot, size) not in larger:
        fixed, seats = others(part, slot), part.comes[slot].values()
        larger[slot, size] = variable = part.model.choice(len(part.week.members[slot]) > size)
        most = fixed + len(seats)
        part.model.between(fixed - size, [(variable, most - size), *((v, -1) for v in seats)])
    return larger[slot, size]
