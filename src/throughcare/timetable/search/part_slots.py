"""Which groups a part of a week may touch, and who may lead them."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from throughcare.timetable.search.week import Week

if TYPE_CHECKING:
    from throughcare.timetable.search.part_of_week import PartOfWeek


def choose_slots(
    part: "PartOfWeek", *, other_leaders: bool, openings: Collection[int] | None, every_copy: bool
) -> list[int]:
    """The groups that people of this part are in or could be in; gives their leaders and visits free."""
    week, people = part.week, set(part.people)
    _free_visits(part)
    could = _who_could(part)
    chosen, spare = [], set()
    for slot in sorted(could):
        others = len(week.members[slot] - people)
        row = week.tables.slots[slot]
        if slot in week.leader:
            chosen.append(slot)
            if others == 0 or other_leaders:
                _free_leader(part, slot)
        elif len(could[slot]) >= row.fewest and (openings is None or slot in openings):
            # Copies of one meeting are alike: one more than are open is enough.
            alike = (row.type, row.key.variant, row.day, row.ticks[0])
            if every_copy or alike not in spare:
                spare.add(alike)
                chosen.append(slot)
    return [slot for slot in chosen if _write_leaders(part, slot, could[slot], other_leaders)]


def _who_could(part: "PartOfWeek") -> dict[int, list[int]]:
    """Slot -> the people of this part who could come to it with everyone else where they are."""
    week, tables, people = part.week, part.tables, set(part.people)
    could: dict[int, list[int]] = {}
    for person in part.people:
        row = tables.people[person]
        strangers = tables.apart.get(person, set()) - people
        for day in part.days:
            for slot in row.by_day[day]:
                inside = slot in week.attend[person]
                members = week.members[slot]
                full = len(members - people) >= tables.slots[slot].most
                if inside or not (full or strangers & members):
                    could.setdefault(slot, []).append(person)
    return could


def _free_visits(part: "PartOfWeek") -> None:
    for person in part.people:
        for place, (day, start) in part.week.ones[person].items():
            if day in part.days:
                one = part.tables.people[person].ones[place]
                for tick in range(start, start + one.ticks):
                    at = (one.staff, day, tick)
                    part.freed[at] = part.freed.get(at, 0) + one.share


def _free_leader(part: "PartOfWeek", slot: int) -> None:
    leader, row = part.week.leader[slot], part.tables.slots[slot]
    for tick in row.ticks:
        at = (leader, row.day, tick)
        part.freed[at] = part.freed.get(at, 0) + part.tables.staff[leader].parts
    part.freed_minutes[leader] = part.freed_minutes.get(leader, 0) + row.minutes


def may_take(part: "PartOfWeek", staff: int, day: int, ticks: tuple[int, ...], parts: int) -> bool:
    """Whether what others leave of these ticks of a member of staff is enough."""
    load, whole = part.week.load[staff][day], part.tables.staff[staff].parts
    return all(load[t] - part.freed.get((staff, day, t), 0) + parts <= whole for t in ticks)


def _write_leaders(part: "PartOfWeek", slot: int, could: list[int], other_leaders: bool) -> bool:
    """Writes who may lead a group, where that is open; False when nobody can."""
    week, tables, row = part.week, part.tables, part.tables.slots[slot]
    others = week.members[slot] - set(part.people)
    now = week.leader.get(slot)
    if now is not None and others and not other_leaders:
        part.comes[slot] = {}
        return True
    leaders = [
        f
        for f in row.leaders
        if may_take(part, f, row.day, row.ticks, tables.staff[f].parts)
        and week.led[f] - part.freed_minutes.get(f, 0) + row.minutes <= tables.staff[f].most
        and not any((person, f) in tables.never for person in others)
    ]
    if not leaders or not _has_room(week, slot):
        return False
    part.comes[slot] = {}
    had = tables.had_leaders.get(slot)
    change = round(tables.weights.leader_change * 60)
    part.leads[slot] = {
        f: part.model.choice(now == f, change if had not in (None, tables.staff[f].id) else 0)
        for f in leaders
    }
    for f, variable in part.leads[slot].items():
        part.take(f, row.day, row.ticks, variable, tables.staff[f].parts)
    return True


def _has_room(week: Week, slot: int) -> bool:
    """Whether the group is open, or the house has any room of its kind."""
    return slot in week.leader or dict(week.tables.rooms[week.tables.slots[slot].room]).get(0, 0) > 0
