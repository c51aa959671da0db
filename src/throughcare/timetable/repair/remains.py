"""What of the published week still holds in the problem as it is now, and whom what is lost concerns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from throughcare.timetable.check import check
from throughcare.timetable.problem import Plan, Problem, SlotKey
from throughcare.timetable.standing import Standing


@dataclass
class Remains:
    """The week without what can no longer be. `lost`: groups that had to stop, each with who came to it."""

    standing: Standing
    published: Plan
    lost: dict[SlotKey, frozenset[str]] = field(default_factory=dict)
    # People whose week is not what was published, or who never had one.
    affected: set[str] = field(default_factory=set)


def remains_of(problem: Problem, published: Plan) -> Remains:
    """The published week as far as it goes: groups with leader and room, then the seats in them, then the visits."""
    remains = Remains(Standing(problem), published)
    _open_groups(remains, _members(problem, published))
    for person in _by_freedom(problem):
        _keep_week(remains, person)
    # A day torn open by what is lost is found by the judge; such people are placed anew whatever they keep.
    for broken in check(problem, remains.standing.plan()).broken:
        remains.affected.update(broken.people if broken.rule != "group_small" else ())
    return remains


def _members(problem: Problem, published: Plan) -> Mapping[SlotKey, frozenset[str]]:
    found: dict[SlotKey, set[str]] = {key: set() for key in published.groups}
    for person in published.attend.keys() & problem.people.keys():
        for key in published.attend[person]:
            found.setdefault(key, set()).add(person)
    return {key: frozenset(people) for key, people in found.items()}


def _by_freedom(problem: Problem) -> list[str]:
    """People with the least free time first: where seats are lost, those with more of it give theirs up."""
    return sorted(problem.people, key=lambda name: (sum(map(len, problem.people[name].free)), name))


def _open_groups(remains: Remains, members: Mapping[SlotKey, frozenset[str]]) -> None:
    standing, problem = remains.standing, remains.standing.problem
    for key in sorted(remains.published.groups):
        leader = remains.published.groups[key]
        if key in problem.slots and leader in problem.staff and standing.may_lead(key, leader, members[key]):
            standing.open(key, leader)
        else:
            remains.lost[key] = members[key]
    for key in _without_room(standing, members):
        standing.close(key)
        remains.lost[key] = members[key]


def _without_room(standing: Standing, members: Mapping[SlotKey, frozenset[str]]) -> list[SlotKey]:
    """At each moment with more groups than rooms, the smallest groups."""
    problem = standing.problem
    rooms = {kind.room_kind: len(problem.seats(kind.room_kind)) for kind in problem.kinds.values()}
    lost: set[SlotKey] = set()
    for kind, day, tick in sorted(
        (kind, day, tick) for kind in rooms for day in range(problem.days) for tick in range(problem.ticks)
    ):
        meeting = sorted(standing.meeting(kind, day, tick) - lost, key=lambda key: (len(members[key]), key))
        lost.update(meeting[: max(0, len(meeting) - rooms[kind])])
    return sorted(lost)


def _keep_week(remains: Remains, person: str) -> None:
    standing, published = remains.standing, remains.published
    if person not in published.attend and person not in published.ones:
        remains.affected.add(person)
        return
    for key in sorted(published.attend.get(person, ())):
        if key in standing.members and standing.may_sit(person, key):
            standing.give(person, [key])
        else:
            remains.affected.add(person)
    kinds = {one.kind: one for one in standing.problem.people[person].ones}
    for kind, at in sorted(published.ones.get(person, {}).items()):
        free = kind in kinds and set(range(at[1], at[1] + kinds[kind].ticks)) <= _free(remains, person, at[0])
        if free and standing.may_visit(person, kinds[kind], at):
            standing.give(person, [], {kind: at})
        else:
            remains.affected.add(person)


def _free(remains: Remains, person: str, day: int) -> frozenset[int]:
    return remains.standing.problem.people[person].free[day]
