"""Another leader for a group that lost its own: nobody who comes to it moves."""

from dataclasses import dataclass

from throughcare.timetable.alone.terms import opening_cost
from throughcare.timetable.problem import SlotKey
from throughcare.timetable.repair.remains import Remains
from throughcare.timetable.standing import Standing

# A leader who must give up a visit for it, counted per visit, and one whose own group another leads.
VISIT_MOVED = 12.0
HANDED_ON = 15.0


@dataclass(frozen=True)
class _Cover:
    """One way to lead a group again: who leads it, who takes over the leader's own, whose visits must move."""

    cost: float
    leader: str
    handed_on: tuple[tuple[SlotKey, str], ...] = ()
    visits: tuple[tuple[str, str], ...] = ()


def find_leaders(remains: Remains) -> None:
    """Lead the lost groups again wherever someone can; those with the fewest ways to do so first."""
    standing = remains.standing
    waiting = {key for key in remains.lost if key in standing.problem.slots and _has_room(remains, key)}
    while waiting:
        ways = {key: _ways(remains, key) for key in waiting}
        open_ways = {key: found for key, found in ways.items() if found}
        if not open_ways:
            return
        key = min(open_ways, key=lambda key: (len(open_ways[key]), key))
        _lead_again(remains, key, min(open_ways[key], key=lambda way: (way.cost, way.leader, way.handed_on)))
        waiting.discard(key)


def _has_room(remains: Remains, key: SlotKey) -> bool:
    return remains.standing.fits_rooms(key, len(remains.lost[key]))


def _ways(remains: Remains, key: SlotKey) -> list[_Cover]:
    standing, people = remains.standing, remains.lost[key]
    if not _has_room(remains, key):
        return []
    return [
        way
        for name in standing.problem.leaders[key]
        if all((person, name) not in standing.problem.never_with for person in people)
        if (way := _way_of(standing, key, name)) is not None
    ]


def _way_of(standing: Standing, key: SlotKey, name: str) -> _Cover | None:
    cost, hours = opening_cost(standing, key, name), standing.problem.kinds[key.type].hours
    ticks = standing.problem.slots[key].ticks
    if standing.may_lead(key, name):
        return _Cover(cost, name)
    most, led = standing.problem.staff[name].most_group_hours, standing.led[name]
    own = sorted(standing.led_by(name, key.day, ticks))
    freed = sum(standing.problem.kinds[other.type].hours for other in own)
    if led - freed + hours > most or len(own) > 1:
        return None
    visits = tuple(sorted(standing.visits_at(name, key.day, ticks)))
    if not own:
        return _Cover(cost + VISIT_MOVED * len(visits), name, (), visits) if visits else None
    takers = [
        taker
        for taker in standing.problem.leaders[own[0]]
        if taker != name and standing.may_lead(own[0], taker, standing.members[own[0]])
    ]
    if not takers:
        return None
    taker = min(takers, key=lambda taker: (opening_cost(standing, own[0], taker), taker))
    return _Cover(cost + HANDED_ON + opening_cost(standing, own[0], taker), name, ((own[0], taker),))


def _lead_again(remains: Remains, key: SlotKey, way: _Cover) -> None:
    standing = remains.standing
    for other, taker in way.handed_on:
        standing.lead(other, taker)
    for person, kind in way.visits:
        standing.cancel(person, kind)
        remains.affected.add(person)
    standing.open(key, way.leader)
    for person in sorted(remains.lost.pop(key)):
        if standing.may_sit(person, key):
            standing.give(person, [key])
        if _whole(remains, person):
            remains.affected.discard(person)


def _whole(remains: Remains, person: str) -> bool:
    standing, published = remains.standing, remains.published
    slots, ones = published.attend.get(person, frozenset()), published.ones.get(person, {})
    return standing.weeks[person] == slots and standing.ones[person] == ones
