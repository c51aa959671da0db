"""A week from a plan that may no longer be allowed: whatever of it still is."""

from throughcare.timetable.problem import Plan
from throughcare.timetable.search.price import covered
from throughcare.timetable.search.sound import rooms_are_sound
from throughcare.timetable.search.tables import Tables
from throughcare.timetable.search.week import Week, When


def week_of(tables: Tables, plan: Plan) -> Week:
    """The plan as a week, without whatever the problem no longer allows."""
    week = Week(tables)
    _open_groups(week, plan)
    for row in tables.people:
        wanted = (tables.slot_index.get(key) for key in plan.attend.get(row.id, ()))
        ones = plan.ones.get(row.id, {})
        _seat(week, row.index, sorted(s for s in wanted if s is not None))
        _hold(week, row.index, {i: ones[one.kind] for i, one in enumerate(row.ones) if one.kind in ones})
    settle(week)
    return week


def settle(week: Week) -> None:
    """Drops what is not whole: days with holes, groups with too few people, until all is."""
    for row in week.tables.people:
        _trim(week, row.index)
    while _close_small(week):
        for row in week.tables.people:
            _trim(week, row.index)


def _open_groups(week: Week, plan: Plan) -> None:
    """Opens the plan's groups that have their leader and a room."""
    tables = week.tables
    for key in sorted(plan.groups):
        slot, leader = tables.slot_index.get(key), tables.staff_index.get(plan.groups[key])
        if slot is None or leader not in tables.slots[slot].leaders or leader is None:
            continue
        row, staff = tables.slots[slot], tables.staff[leader]
        busy = any(week.load[leader][row.day][tick] for tick in row.ticks)
        if busy or week.led[leader] + row.minutes > staff.most:
            continue
        week.set_leader(slot, leader)
        if not rooms_are_sound(week, slot):
            week.set_leader(slot, None)


def _seat(week: Week, person: int, wanted: list[int]) -> None:
    """Gives a person the open groups they may come to, one by one, as far as there are seats."""
    tables, row = week.tables, week.tables.people[person]
    got: set[int] = set()
    for slot in wanted:
        members = week.members[slot]
        at = tables.slots[slot]
        if (
            slot in row.slots
            and slot in week.leader
            and (person, week.leader[slot]) not in tables.never
            and not tables.apart.get(person, frozenset()) & members
            and len(members) < at.most
            and not any(tables.slots[s].day == at.day and _clash(week, s, slot) for s in got)
            and _prescribed(week, person, got | {slot})
        ):
            week.set_attend(person, got | {slot})
            if rooms_are_sound(week, slot):
                got.add(slot)
            else:
                week.set_attend(person, got)


def _clash(week: Week, a: int, b: int) -> bool:
    """Whether two groups of one day overlap or are of one type."""
    one, other = week.tables.slots[a], week.tables.slots[b]
    return one.type == other.type or bool(set(one.ticks) & set(other.ticks))


def _prescribed(week: Week, person: int, slots: set[int]) -> bool:
    """Whether these groups stay within the prescription."""
    tables, row = week.tables, week.tables.people[person]
    beyond = 0
    for kind in {tables.slots[s].type for s in slots}:
        some = [s for s in slots if tables.slots[s].type == kind]
        more = len(some) - row.required.get(kind, 0)
        if more > 0 and not tables.problem.kinds[kind].flexible:
            return False
        beyond += max(0, more) * tables.slots[some[0]].minutes
    return beyond <= row.flexible


def _hold(week: Week, person: int, wanted: dict[int, When]) -> None:
    """Holds the visits that both are free for."""
    tables, row = week.tables, week.tables.people[person]
    got: dict[int, When] = {}
    for place, (day, start) in wanted.items():
        one = row.ones[place]
        ticks = range(start, start + one.ticks)
        if not 0 <= day < len(one.starts) or start not in one.starts[day]:
            continue
        taken = set(covered(week, person).get(day, []))
        load = week.load[one.staff][day]
        if taken.isdisjoint(ticks) and all(
            load[t] + one.share <= tables.staff[one.staff].parts for t in ticks
        ):
            got[place] = (day, start)
            week.set_ones(person, got)


def _trim(week: Week, person: int) -> None:
    """Drops what breaks a day, then whole series that are not whole, then the shortest days beyond the most."""
    tables, row = week.tables, week.tables.people[person]
    while True:
        days = covered(week, person)
        bad = [day for day, ticks in days.items() if not _allowed(week, person, day, ticks)]
        if bad:
            _drop_from_day(week, person, min(bad))
        elif len(days) > row.most_days:
            day = min(days, key=lambda d: (len(days[d]), -d))
            _keep(week, person, {s for s in week.attend[person] if tables.slots[s].day != day}, without=day)
        elif torn := _torn(week, person):
            _keep(week, person, set(week.attend[person] - torn))
        else:
            return


def _allowed(week: Week, person: int, day: int, ticks: list[int]) -> bool:
    """Whether these ticks are one of the stretches of this person's day."""
    row = week.tables.people[person]
    first, length = min(ticks), max(ticks) + 1 - min(ticks)
    return (
        length - len(ticks) <= week.tables.waiting
        and len(ticks) <= row.longest
        and any((s.start, s.length) == (first, length) for s in row.stretches[day])
    )


def _torn(week: Week, person: int) -> set[int]:
    """The groups of series of which this person does not come to every meeting."""
    tables, mine = week.tables, week.attend[person]
    return {
        s
        for s in mine
        if (name := tables.slots[s].series) is not None and not mine.issuperset(tables.series[name])
    }


def _drop_from_day(week: Week, person: int, day: int) -> None:
    """Drops the last session of a day that is not allowed as it is."""
    tables = week.tables
    last_tick = max(covered(week, person)[day])
    slots = {
        s for s in week.attend[person] if (tables.slots[s].day, tables.slots[s].ticks[-1]) != (day, last_tick)
    }
    if len(slots) < len(week.attend[person]):
        _keep(week, person, slots)
        return
    ones = tables.people[person].ones
    held = week.ones[person].items()
    week.set_ones(person, {i: (d, t) for i, (d, t) in held if (d, t + ones[i].ticks - 1) != (day, last_tick)})


def _keep(week: Week, person: int, slots: set[int], *, without: int | None = None) -> None:
    """Leaves a person only these groups, and no visit on the day named."""
    week.set_attend(person, slots)
    if without is not None:
        week.set_ones(person, {i: when for i, when in week.ones[person].items() if when[0] != without})


def _close_small(week: Week) -> bool:
    """Closes every group that has too few people; True when there was one."""
    tables = week.tables
    small = [s for s in sorted(week.leader) if len(week.members[s]) < tables.slots[s].fewest]
    for slot in small:
        for person in sorted(week.members[slot]):
            week.set_attend(person, week.attend[person] - {slot})
        week.set_leader(slot, None)
    return bool(small)
