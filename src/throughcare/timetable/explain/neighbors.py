"""What others can do for a person without losing an hour: leave a full group, or come to one that opens."""

from collections.abc import Callable, Collection, Iterator

from throughcare.timetable.constraints import Reading
from throughcare.timetable.explain.changes import given
from throughcare.timetable.explain.pieces import offered_to
from throughcare.timetable.explain.search import Found, Search
from throughcare.timetable.problem import Plan, Problem, SlotKey
from throughcare.timetable.standing import Standing

# A move that changes so few sessions is taken without looking for a smaller one.
SMALL = 1


def with_a_seat_left(
    problem: Problem, plan: Plan, key: SlotKey, *, but: str, goes_on: Callable[[], bool]
) -> tuple[Plan, str] | None:
    """The plan in which someone else leaves a group for another week with as much in it; and who it is."""
    best: tuple[int, str, Plan] | None = None
    standing = Standing(problem, plan)
    for member in sorted(one for one, keys in plan.attend.items() if key in keys and one != but):
        if member not in problem.people or not goes_on():
            continue
        found = Search(offered_to(problem, plan, member, as_it_is=True, standing=standing), plan).find(
            never={key}, cheap=True
        )
        if found is None:
            continue
        changes = _changes(plan, member, found)
        if best is None or changes < best[0]:
            best = (changes, member, given(plan, member, found))
        if changes <= SMALL:
            break
    return None if best is None else (best[2], best[1])


def _changes(plan: Plan, member: str, found: Found) -> int:
    """How many sessions and one-to-ones a person's other week loses."""
    ones = plan.ones.get(member, {})
    lost = len(plan.attend.get(member, frozenset()) - found.slots)
    return lost + sum(found.ones.get(kind) != at for kind, at in ones.items())


def with_a_new_group(
    problem: Problem, plan: Plan, key: SlotKey, *, first: str, goes_on: Callable[[], bool]
) -> tuple[Plan, tuple[str, ...]] | None:
    """The plan in which a group opens with enough people beside the first, who isn't in it yet; and who they are."""
    standing = Standing(problem, plan)
    needed = problem.slots[key].fewest - 1
    if not standing.fits_rooms(key, needed + 1):
        return None
    leaders = [staff for staff in problem.leaders[key] if standing.may_lead(key, staff, (first,))]
    if not leaders:
        return None
    leader = min(leaders, key=lambda staff: (standing.led[staff], staff))
    opened = Plan({**plan.groups, key: leader}, plan.attend, plan.ones)
    came: list[str] = []
    for other in _who_might(problem, plan, key, first):
        if len(came) == needed or not goes_on():
            break
        if _may_meet(problem, other, leader, {first, *came}) and (
            with_them := _joining(problem, opened, other, key)
        ):
            opened = with_them
            came.append(other)
    return (opened, tuple(came)) if len(came) == needed else None


def _joining(problem: Problem, plan: Plan, other: str, key: SlotKey) -> Plan | None:
    """The plan with someone in a group that opens, with no fewer hours than before, and all where that is possible."""
    offered = offered_to(problem, plan, other, as_it_is=True)
    lacks = Reading(problem, plan).unmet(other) > 0
    found = Search(offered).find(must={key}, cheap=True) if lacks else None
    found = found or Search(offered, plan).find(must={key}, cheap=True)
    return None if found is None else given(plan, other, found)


def _may_meet(problem: Problem, person: str, leader: str, others: Collection[str]) -> bool:
    return (person, leader) not in problem.never_with and not any(
        (person, other) in problem.apart or (other, person) in problem.apart for other in others
    )


def _who_might(problem: Problem, plan: Plan, key: SlotKey, first: str) -> Iterator[str]:
    """People who could come to a group: who lack hours, then who come about that time, then who come that day."""
    slot, reading = problem.slots[key], Reading(problem, plan)
    start, end = slot.ticks[0], slot.ticks[-1] + 1
    ranked = []
    for person in problem.people.values():
        fits = key.variant in person.variants.get(key.type, {}) and person.free[key.day].issuperset(
            slot.ticks
        )
        wanted = person.required.get(key.type, 0) or (
            problem.kinds[key.type].flexible and person.flexible_hours
        )
        if person.id == first or not fits or not wanted:
            continue
        if slot.closed_to is not None and person.id not in slot.closed_to:
            continue
        there = set(reading.ticks[person.id].get(key.day, ()))
        near = any(start - 1 <= tick <= end for tick in there)
        ranked.append((reading.tallies[person.id].unmet <= 0, not near, not there, person.id))
    return (one[-1] for one in sorted(ranked))
