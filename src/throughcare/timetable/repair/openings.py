"""Opens new groups where people short of hours would come: they vote with the weeks they would then have."""

from collections import Counter
from collections.abc import Mapping, Sequence

from throughcare.timetable.alone import best_weeks, terms_of
from throughcare.timetable.problem import SlotKey
from throughcare.timetable.repair.mender import Mender
from throughcare.timetable.standing import Standing, Weeks

# How many people an open group's cost is thought to be shared by while they vote.
SHARED_BY = 8


def open_where_wanted(
    mender: Mender, candidates: Mapping[SlotKey, str], voters: Sequence[str], *, most: int = 4
) -> tuple[SlotKey, ...]:
    """Open up to `most` of the candidates that enough voters come to; they alone move. Which ones are open then."""
    votes = _votes(mender, candidates, voters)
    standing, opened = mender.standing, list[SlotKey]()
    for key in sorted(votes, key=lambda key: (-votes[key] * standing.problem.kinds[key.type].hours, key)):
        if len(opened) == most:
            break
        leader = _leader(standing, key)
        if leader is not None and 2 * votes[key] >= standing.problem.slots[key].fewest:
            standing.open(key, leader)
            opened.append(key)
    moved = _let_come(mender, opened, voters)
    while small := [key for key in opened if not _large_enough(standing, key)]:
        key = min(small, key=lambda key: (len(standing.members[key]), key))
        people = standing.close(key)
        opened.remove(key)
        _place_again(mender, opened, people, moved)
    return tuple(opened)


def _votes(mender: Mender, candidates: Mapping[SlotKey, str], voters: Sequence[str]) -> Counter[SlotKey]:
    standing, votes = mender.standing, Counter[SlotKey]()
    for person in voters:
        if mender.is_spent:
            break
        mender.effort -= 2
        bound, now = standing.bound(person), standing.weeks_of([person])
        standing.clear(person)
        terms = terms_of(
            standing,
            person,
            kept=mender.remains.published,
            bound=bound,
            opens=candidates,
            shared_by=SHARED_BY,
        )
        found = best_weeks(terms)
        standing.put_back(now)
        if found:
            votes.update(found[0].opens.keys())
    return votes


def _let_come(mender: Mender, opened: Sequence[SlotKey], voters: Sequence[str]) -> dict[str, Weeks]:
    """Place those who come to a group that opened; the others keep the week they have. The weeks of before."""
    moved: dict[str, Weeks] = {}
    standing = mender.standing
    for person in voters if opened else ():
        now, missing = standing.weeks_of([person]), mender.missing(person)
        week = mender.place(person)
        if week is None or week.slots.isdisjoint(opened) or week.missing_hours > missing:
            standing.put_back(now)
        else:
            moved[person] = now
    return moved


def _place_again(
    mender: Mender, opened: Sequence[SlotKey], people: set[str], moved: Mapping[str, Weeks]
) -> None:
    """People of a group that did not come about; who comes to no new group gets the old week back, if it is free."""
    standing = mender.standing
    for person in sorted(people):
        week = mender.place(person)
        if week is None or not week.slots.isdisjoint(opened):
            continue
        now = standing.weeks_of([person])
        standing.clear(person)
        may = standing.may_have(person, moved[person][person])
        standing.put_back(moved[person] if may else now)


def _leader(standing: Standing, key: SlotKey) -> str | None:
    if not standing.fits_rooms(key, standing.problem.slots[key].fewest):
        return None
    free = [name for name in standing.problem.leaders[key] if standing.may_lead(key, name)]
    return min(free, key=lambda name: (standing.led[name], name), default=None)


def _large_enough(standing: Standing, key: SlotKey) -> bool:
    return len(standing.members[key]) >= standing.problem.slots[key].fewest
