"""Whether what people share still holds after a change: leaders, seats, rooms, and who may not meet.

A person's own rules (their hours, days and stretches) can't be broken by what others do, so they are not asked here.
"""

from throughcare.timetable.search.week import Change, Week


def is_sound(week: Week, change: Change, back: Change) -> bool:
    """Whether a change just made (and what takes it back) left everything shared in order."""
    slots = set(change.leaders)
    for person, after in change.attend.items():
        slots |= after ^ back.attend[person]
    staff_days = set()
    for slot in slots:
        if not group_is_sound(week, slot):
            return False
        if slot in change.leaders and slot in week.leader:
            staff_days.add((week.leader[slot], week.tables.slots[slot].day))
    for person, ones in change.ones.items():
        staff_days |= {
            (week.tables.people[person].ones[place].staff, day) for place, (day, _) in ones.items()
        }
    return all(_staff_is_sound(week, staff, day) for staff, day in staff_days) and all(
        rooms_are_sound(week, slot) for slot in slots if slot in week.leader
    )


def group_is_sound(week: Week, slot: int) -> bool:
    """Size, leader, and who may not meet."""
    tables, members, leader = week.tables, week.members[slot], week.leader.get(slot)
    row = tables.slots[slot]
    if leader is None:
        return not members
    return (
        row.fewest <= len(members) <= row.most
        and leader in row.leaders
        and not any((person, leader) in tables.never for person in members)
        and not any(tables.apart.get(person, frozenset()) & members for person in members)
    )


def _staff_is_sound(week: Week, staff: int, day: int) -> bool:
    row = week.tables.staff[staff]
    return max(week.load[staff][day]) <= row.parts and week.led[staff] <= row.most


def rooms_are_sound(week: Week, slot: int) -> bool:
    """At each tick of this group, no more groups above each size than there are rooms that seat more."""
    tables, row = week.tables, week.tables.slots[slot]
    for tick in row.ticks:
        sizes = [len(week.members[other]) for other in week.meeting.get((row.room, row.day, tick), ())]
        for size, rooms in tables.rooms[row.room]:
            if sum(n > size or size == 0 for n in sizes) > rooms:
                return False
    return True
