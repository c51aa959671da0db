"""Groups that can't meet as published: held at another time, or their people shared among the others."""

from throughcare.timetable.alone.terms import opening_cost
from throughcare.timetable.problem import SlotKey
from throughcare.timetable.repair.mender import MOST_DISTURBED, Mender
from throughcare.timetable.standing import Standing, Weeks

# How many other times are tried for one group, and how many people are asked to fill one that became too small.
OTHER_TIMES = 2
ASKED = 24
# When more groups than this are lost, new ones are found for all their people together instead.
FEW = 4


def settle_lost(mender: Mender) -> None:
    """For each lost group whichever is cheaper: another time with its people, or its people in other groups."""
    lost = mender.remains.lost
    if len(lost) > FEW:
        return
    for key in sorted(lost, key=lambda key: (-len(lost[key]), key)):
        people = [person for person in sorted(lost[key]) if person in mender.remains.affected]
        needed = len(mender.remains.affected)
        if people and mender.effort > needed + len(people) * (1 + OTHER_TIMES):
            _settle(mender, key, people)


def _settle(mender: Mender, key: SlotKey, people: list[str]) -> None:
    standing = mender.standing
    before = standing.weeks_of(people)
    best: tuple[float, SlotKey | None, str, Weeks] = (
        mender.place_all(people),
        None,
        "",
        standing.weeks_of(people),
    )
    standing.put_back(before)
    for other, leader in _other_times(standing, key, people):
        standing.open(other, leader)
        cost = opening_cost(standing, other, leader) + mender.place_all(people)
        if len(standing.members[other]) >= standing.problem.slots[other].fewest and cost < best[0]:
            best = (cost, other, leader, standing.weeks_of(people))
        standing.put_back(before)
        standing.close(other)
    _, chosen, leader, weeks = best
    if chosen is not None:
        standing.open(chosen, leader)
        standing.put_back(weeks)


def _other_times(standing: Standing, key: SlotKey, people: list[str]) -> list[tuple[SlotKey, str]]:
    """The most promising times for the same group, each with a leader: where most of its people come or could."""
    problem, found = standing.problem, []
    for other, slot in problem.slots.items():
        if (other.type, other.variant) != (key.type, key.variant) or other in standing.members or slot.series:
            continue
        coming = [person for person in people if _could_come(standing, person, other)]
        if len(coming) < slot.fewest or not standing.fits_rooms(other, len(coming)):
            continue
        leaders = [name for name in problem.leaders[other] if standing.may_lead(other, name, coming)]
        if leaders:
            leader = min(leaders, key=lambda name: (opening_cost(standing, other, name), name))
            there = sum(any(mine.day == other.day for mine in standing.weeks[person]) for person in coming)
            found.append((-len(coming) - there, other, leader))
    return [(other, leader) for _, other, leader in sorted(found)[:OTHER_TIMES]]


def _could_come(standing: Standing, person: str, key: SlotKey) -> bool:
    ticks = set(standing.problem.slots[key].ticks)
    busy = {
        tick
        for mine in standing.weeks[person]
        if mine.day == key.day
        for tick in standing.problem.slots[mine].ticks
    }
    return standing.admits(person, key) and ticks.isdisjoint(busy)


def settle_small(mender: Mender) -> None:
    """Groups left with too few people are filled by someone for whom that changes little, or closed."""
    standing = mender.standing
    while small := [
        key for key in standing.members if len(standing.members[key]) < standing.problem.slots[key].fewest
    ]:
        key = min(small, key=lambda key: (len(standing.members[key]), key))
        if not fill(mender, key):
            people = standing.close(key)
            mender.remains.affected.update(people)
            mender.place_all(people)


def fill(mender: Mender, key: SlotKey) -> bool:
    """Find the people a group lacks among those who may come, lose no hours and change at most one session."""
    standing = mender.standing
    lacking = standing.problem.slots[key].fewest - len(standing.members[key])
    before: dict[str, Weeks] = {}
    disturbed = set(mender.disturbed)
    for person in _candidates(standing, key)[:ASKED]:
        asked_for = person in mender.remains.affected or len(mender.disturbed) < MOST_DISTURBED
        if asked_for and standing.may_sit(person, key):
            now = standing.weeks_of([person])
            if _comes(mender, person, key, now):
                before[person] = now
                mender.disturbed.update({person} - mender.remains.affected)
        if len(before) == lacking:
            return True
    for person in reversed(before):
        standing.put_back(before[person])
    mender.disturbed = disturbed
    return False


def _comes(mender: Mender, person: str, key: SlotKey, now: Weeks) -> bool:
    """Place a person so that they come to a group; their week stays as it was where that takes too much."""
    missing = mender.missing(person)
    week = mender.place(person, bound=[key])
    if week is None:
        return False
    lost = len(now[person][0] - week.slots)
    if week.missing_hours <= missing and lost <= (0 if person in mender.remains.affected else 1):
        return True
    mender.standing.put_back(now)
    return False


def _candidates(standing: Standing, key: SlotKey) -> list[str]:
    """Those who come to such a group elsewhere or lack one, who come that day first."""
    ranked = []
    for person, who in standing.problem.people.items():
        mine = standing.weeks[person]
        if key in mine or not standing.admits(person, key):
            continue
        if any(own.type == key.type for own in mine) or who.required.get(key.type, 0):
            there = any(own.day == key.day for own in mine)
            ranked.append((not there, person))
    return [person for _, person in sorted(ranked)]
