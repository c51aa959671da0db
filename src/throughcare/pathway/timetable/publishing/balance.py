"""What a repaired week takes from each person, in hours: what is moved, what is made up elsewhere, what is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.pathway.timetable.publishing.one_week import Meeting, OneWeek

NEARLY = 1e-6


@dataclass(frozen=True)
class Balance:
    """Hours of one person: `taken` away from where they were, `moved` with their session, `made_up` in another."""

    taken: float
    moved: float
    made_up: float

    @property
    def lost(self) -> float:
        """Hours that the person does not get this week."""
        return max(0.0, round(self.taken - self.moved - self.made_up, 2))


def balances_of(week: OneWeek) -> dict[str, Balance]:
    """Everyone from whom the repaired week takes something, with what becomes of it."""
    hours = _hours(week)
    taken: dict[str, float] = {}
    moved: dict[str, float] = {}
    made_up: dict[str, float] = {}

    def add(to: dict[str, float], who: str, more: float) -> None:
        to[who] = to.get(who, 0.0) + more

    canceled = set(week.cancels)
    for who, held in week.held_now.items():
        for meeting in held & canceled if who in week.picture.people else ():
            add(taken, who, hours.get(meeting, 0.0))
    leaves, joins = week.seats
    for who, meeting in leaves:
        add(taken, who, hours.get(meeting, 0.0))
    for who, meeting in joins:
        add(made_up, who, hours.get(meeting, 0.0))
    for visit in week.visits:
        if visit.was is not None:
            add(taken, visit.person, visit.minutes / 60)
        if visit.at is not None:
            add(moved if visit.was is not None else made_up, visit.person, visit.minutes / 60)
    return {
        who: Balance(round(gone, 2), round(moved.get(who, 0.0), 2), round(made_up.get(who, 0.0), 2))
        for who, gone in taken.items()
        if gone > NEARLY
    }


def _hours(week: OneWeek) -> Mapping[Meeting, float]:
    """What each meeting counts for."""
    kinds = {**week.opened.problem.kinds, **week.picture.problem.kinds}
    names = {**week.opened.meaning.items, **{key: str(uid) for key, uid in week.picture.groups.items()}}
    return {
        (name, (key.day, key.start)): kinds[key.type].hours
        for key, name in names.items()
        if key.type in kinds
    }
