"""What a week costs, in units: of each person, each open group, and each member of staff's load."""

from throughcare.timetable.search.rows import UNIT, units
from throughcare.timetable.search.week import Change, Week


def attended(week: Week, person: int) -> int:
    """Minutes this person is given."""
    tables = week.tables
    row = tables.people[person]
    groups = sum(tables.slots[slot].minutes for slot in week.attend[person])
    return groups + sum(row.ones[place].minutes for place in week.ones[person])


def covered(week: Week, person: int) -> dict[int, list[int]]:
    """Ticks of each day that this person is in a session."""
    tables = week.tables
    days: dict[int, list[int]] = {}
    for slot in week.attend[person]:
        row = tables.slots[slot]
        days.setdefault(row.day, []).extend(row.ticks)
    for place, (day, start) in week.ones[person].items():
        one = tables.people[person].ones[place]
        days.setdefault(day, []).extend(range(start, start + one.ticks))
    return days


def is_below(week: Week, person: int) -> bool:
    """Whether this person is below their least hours."""
    return attended(week, person) < week.tables.people[person].enough


def person_cost(week: Week, person: int) -> int:
    """What this person's week costs."""
    tables, weights = week.tables, week.tables.weights
    row = tables.people[person]
    got = attended(week, person)
    cost = round((row.prescribed - got) * weights.unmet)
    if got < row.enough:
        cost += units(weights.below)
    liking = tables.problem.people[row.id].liking
    for day, ticks in covered(week, person).items():
        block = tables.problem.block_of(frozenset(ticks))
        cost += units(liking.get((day, block), 0)) if block is not None else 0
        cost += units(weights.short) if len(ticks) < tables.billable else 0
    cost += sum(row.slots[slot] for slot in week.attend[person])
    return cost + _changes(week, person) * units(weights.change)


def _changes(week: Week, person: int) -> int:
    """How many of this person's published attendances and visits are different."""
    tables = week.tables
    row = tables.people[person]
    gone = tables.had_gone.get(person, 0) + len(
        tables.had_slots.get(person, frozenset()) - week.attend[person]
    )
    held = {row.ones[place].kind: when for place, when in week.ones[person].items()}
    return gone + sum(held.get(kind) != when for kind, when in tables.had_ones.get(person, {}).items())


def group_cost(week: Week, slot: int) -> int:
    """What this group costs by being open, its size, and a leader other than the published one."""
    tables, weights = week.tables, week.tables.weights
    leader = week.leader.get(slot)
    if leader is None:
        return 0
    row, size = tables.slots[slot], len(week.members[slot])
    had = tables.had_leaders.get(slot)
    return (
        round(weights.open * row.minutes * UNIT / 60)
        + units(weights.size) * (max(0, row.low - size) + max(0, size - row.high))
        + (units(weights.leader_change) if had not in (None, tables.staff[leader].id) else 0)
    )


def staff_cost(week: Week, staff: int) -> int:
    """What it costs that this member of staff leads more than is meant."""
    return round(week.tables.weights.fair * max(0, week.led[staff] - week.tables.staff[staff].target))


def week_cost(week: Week) -> int:
    """What the whole week costs."""
    tables = week.tables
    return (
        sum(person_cost(week, row.index) for row in tables.people)
        + sum(group_cost(week, slot) for slot in week.leader)
        + sum(staff_cost(week, row.index) for row in tables.staff)
    )


def try_change(week: Week, change: Change) -> tuple[int, Change]:
    """Makes a change; returns by how much the week costs more, and the change that takes it back."""
    people = sorted({*change.attend, *change.ones})
    slots = set(change.leaders)
    for person, after in change.attend.items():
        slots |= after ^ week.attend[person]
    staff = {f for s in change.leaders for f in (week.leader.get(s), change.leaders[s]) if f is not None}

    def cost() -> int:
        return (
            sum(person_cost(week, p) for p in people)
            + sum(group_cost(week, s) for s in slots)
            + sum(staff_cost(week, f) for f in staff)
        )

    before = cost()
    back = week.apply(change)
    return cost() - before, back
