"""What a seat costs one person now: in groups that are open, and in groups that could be opened for them."""

from throughcare.timetable.search.rows import UNIT, units
from throughcare.timetable.search.sound import rooms_are_sound
from throughcare.timetable.search.tables import Tables
from throughcare.timetable.search.week import Week, When


def seat_price(week: Week, person: int, slot: int) -> int | None:
    """The price of a seat in an open group; None when this person can't have one."""
    tables, members = week.tables, week.members[slot]
    at, leader = tables.slots[slot], week.leader[slot]
    size = len(members)
    if size >= at.most or (person, leader) in tables.never:
        return None
    if not tables.apart.get(person, frozenset()).isdisjoint(members) or not _room_for(week, slot):
        return None
    seat = units(tables.weights.size)
    price = tables.people[person].slots[slot] + (-seat if size < at.low else seat if size >= at.high else 0)
    # A group that is still too small to be held is worth more filling.
    return price - (a_group(tables, slot) // at.fewest if size < at.fewest else 0)


def a_group(tables: Tables, slot: int) -> int:
    """What it costs that this group is open."""
    return round(tables.weights.open * tables.slots[slot].minutes * UNIT / 60)


def _room_for(week: Week, slot: int) -> bool:
    """Whether the rooms of its hour let this group grow by one."""
    at, size = week.tables.slots[slot], len(week.members[slot])
    steps = week.tables.rooms[at.room]
    if all(seats != size for seats, _ in steps):
        return True
    for tick in at.ticks:
        others = [len(week.members[s]) for s in week.meeting[at.room, at.day, tick] if s != slot]
        for seats, rooms in steps:
            if seats == size and seats and sum(n > seats for n in others) + 1 > rooms:
                return False
    return True


def leader_for(week: Week, slot: int) -> int | None:
    """The least burdened member of staff who could lead this closed group now, when there is a room."""
    tables, at = week.tables, week.tables.slots[slot]
    steps = dict(tables.rooms[at.room])
    if any(len(week.meeting.get((at.room, at.day, t), ())) >= steps.get(0, 0) for t in at.ticks):
        return None
    able = [
        f
        for f in at.leaders
        if week.led[f] + at.minutes <= tables.staff[f].most
        and not any(week.load[f][at.day][t] for t in at.ticks)
    ]
    return min(
        able,
        key=lambda f: (week.led[f] - tables.staff[f].target, len(tables.staff[f].free[at.day])),
        default=None,
    )


def visits_of(week: Week, person: int) -> list[list[list[int]]]:
    """For each one-to-one of a person who holds none now: the ticks of each day at which it could begin."""
    found = []
    for one in week.tables.people[person].ones:
        whole = week.tables.staff[one.staff].parts
        load = week.load[one.staff]
        found.append(
            [
                [s for s in starts if all(load[day][t] + one.share <= whole for t in range(s, s + one.ticks))]
                for day, starts in enumerate(one.starts)
            ]
        )
    return found


def seat(week: Week, person: int, slots: frozenset[int], ones: dict[int, When]) -> None:
    """Gives a person this week, opening the groups that are closed; leaves out what no longer fits."""
    taken = set()
    for slot in sorted(slots):
        if slot not in week.leader:
            leader = leader_for(week, slot)
            if leader is None or (person, leader) in week.tables.never:
                continue
            week.set_leader(slot, leader)
        taken.add(slot)
    week.set_attend(person, taken)
    week.set_ones(person, ones)
    for slot in sorted(taken):
        if not rooms_are_sound(week, slot):
            taken.discard(slot)
            week.set_attend(person, taken)
