"""New groups for those who still lack hours: of the affected as many as will, of others only a few."""

from throughcare.timetable.problem import SlotKey
from throughcare.timetable.repair.interest import Interest, openable
from throughcare.timetable.repair.mender import MOST_DISTURBED, Mender
from throughcare.timetable.repair.openings import open_where_wanted

# How many groups are tried one by one for a few people; and how many people are asked at a time when many are short.
TRIED, ASKED = 3, 40
# From how many people on they fill groups among themselves.
MANY = 6


def grow_for_many(mender: Mender) -> None:
    """Where many lack hours, open groups that they fill among themselves, while effort is left."""
    while len(short := mender.short()) >= MANY and not mender.is_spent:
        asked = sorted(short, key=lambda person: (-mender.missing(person), person))[:ASKED]
        if not open_where_wanted(mender, openable(mender.standing), asked):
            return


def grow_for_few(mender: Mender) -> None:
    """Open one group for affected people who lack hours, with a few others who lack some too."""
    short = mender.short()
    if not short or mender.is_spent:
        return
    standing, left = mender.standing, MOST_DISTURBED - len(mender.disturbed)
    interest = Interest(standing)
    ranked: list[tuple[float, SlotKey, str, list[str]]] = []
    for key, leader in openable(standing).items():
        coming = [person for person in short if interest.of(person, key)]
        others = sorted(
            (person for person in interest.short if person not in short and interest.of(person, key)),
            key=lambda person: (-interest.of(person, key), person),
        )[:left]
        if coming and len(coming) + len(others) >= standing.problem.slots[key].fewest:
            gain = sum(interest.of(person, key) for person in coming)
            ranked.append((-gain, key, leader, [*coming, *others]))
    for _, key, leader, people in sorted(ranked)[:TRIED]:
        if mender.is_spent:
            return
        if open_where_wanted(mender, {key: leader}, people, most=1):
            mender.disturbed.update(standing.members[key] - mender.remains.affected)
            return
