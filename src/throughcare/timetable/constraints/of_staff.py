"""The rules of staff and of those who must not meet."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping

from throughcare.timetable.constraints.of_groups import why_not_lead
from throughcare.timetable.constraints.reading import NEARLY, Reading
from throughcare.timetable.constraints.rule import Broken, Rule
from throughcare.timetable.problem import OneToOne, SlotKey
from throughcare.timetable.sentences import say_count, say_group, say_hours

Moment = tuple[str, int, int]  # staff, day, tick


def in_two_places(reading: Reading) -> Iterator[Broken]:
    """Moments at which staff have two groups, a group and a visit, or two visits."""
    visits, groups = _visits(reading), _groups(reading)
    for moment in sorted({*visits, *groups}):
        people = [person for person, one in visits.get(moment, ()) if one.together == 1]
        keys = groups.get(moment, [])
        number = len(people) + len(keys)
        if number > 1:
            yield Broken(
                "staff_overlap", _at_once(reading, moment, number), tuple(people), tuple(keys), number - 1
            )


def too_many_at_once(reading: Reading) -> Iterator[Broken]:
    """Moments at which staff see more people than such visits allow."""
    for moment, held in sorted(_visits(reading).items()):
        people = [person for person, one in held if one.together > 1]
        most = min((one.together for _, one in held if one.together > 1), default=0)
        if len(people) > most:
            because = (
                f"{reading.problem.say(moment[0])} sees {len(people)} people on "
                f"{reading.problem.say_time(*moment[1:])}; {most} at most."
            )
            yield Broken("rx_cap", because, tuple(people), (), len(people) - most)


def shared_visits_beside_others(reading: Reading) -> Iterator[Broken]:
    """Moments at which staff hold visits of several people and something else; who may not lead is counted there."""
    groups = _groups(reading)
    for moment, held in sorted(_visits(reading).items()):
        keys = [key for key in groups.get(moment, ()) if not _wrong_leader(reading, moment[0], key)]
        alone = [person for person, one in held if one.together == 1]
        if (keys or alone) and len(alone) < len(held):
            because = _at_once(reading, moment, len(keys) + len(alone) + 1)
            yield Broken("visits_apart", because, tuple(person for person, _ in held), tuple(keys))


def _at_once(reading: Reading, moment: Moment, number: int) -> str:
    staff, day, tick = moment
    return (
        f"{reading.problem.say(staff)} has {number} things at once on {reading.problem.say_time(day, tick)}."
    )


def _wrong_leader(reading: Reading, staff: str, key: SlotKey) -> bool:
    return why_not_lead(reading.problem, reading.problem.staff[staff], key) is not None


def _visits(reading: Reading) -> Mapping[Moment, list[tuple[str, OneToOne]]]:
    """Each moment of staff with the visits they hold then."""
    found: dict[Moment, list[tuple[str, OneToOne]]] = defaultdict(list)
    for person in reading.problem.people.values():
        for one, at in reading.visits_of(person):
            if at is not None:
                for tick in range(at[1], at[1] + one.ticks):
                    found[one.staff, at[0], tick].append((person.id, one))
    return found


def _groups(reading: Reading) -> Mapping[Moment, list[SlotKey]]:
    """Each moment of staff with the groups they lead then."""
    found: dict[Moment, list[SlotKey]] = defaultdict(list)
    for key, staff in reading.open.items():
        for tick in reading.problem.slots[key].ticks if staff in reading.problem.staff else ():
            found[staff, key.day, tick].append(key)
    return found


def too_many_group_hours(reading: Reading) -> Iterator[Broken]:
    """Staff who lead more group hours than they may."""
    for name, hours in reading.group_hours.items():
        staff = reading.problem.staff.get(name)
        if staff is not None and hours > staff.most_group_hours + NEARLY:
            keys = tuple(sorted(key for key, leader in reading.open.items() if leader == name))
            most, over = say_hours(staff.most_group_hours), math.ceil(hours - staff.most_group_hours - NEARLY)
            because = f"{reading.problem.say(name)} leads {say_hours(hours)} of groups; {most} at most."
            yield Broken("max_group_h", because, (), keys, over)


def kept_apart(reading: Reading) -> Iterator[Broken]:
    """Pairs who must not meet and share a group."""
    for one, other in sorted(reading.problem.apart):
        attend = reading.plan.attend
        shared = tuple(sorted(attend.get(one, frozenset()) & attend.get(other, frozenset())))
        if shared:
            where = (
                say_group(reading.problem, shared[0])
                if shared[0] in reading.problem.slots
                else shared[0].type
            )
            more = f" and {say_count(len(shared) - 1, 'group', 'groups')} more" if len(shared) > 1 else ""
            because = f"{one} and {other} are kept apart, yet both are in {where}{more}."
            yield Broken("apart", because, (one, other), shared, len(shared))


def never_with(reading: Reading) -> Iterator[Broken]:
    """People in a group led by staff they must not meet."""
    for person, staff in sorted(reading.problem.never_with):
        attended = reading.plan.attend.get(person, frozenset())
        keys = tuple(sorted(key for key in attended if reading.open.get(key) == staff))
        if keys:
            who, where = reading.problem.say(staff), say_group(reading.problem, keys[0])
            because = f"{person} and {who} must not meet; {who} leads {where}."
            yield Broken("coi", because, (person,), keys, len(keys))


RULES = (
    Rule("staff_overlap", "Staff are in one place at a time.", in_two_places),
    Rule(
        "rx_cap",
        "Staff see at most as many people at once as the visit allows: a prescriber two.",
        too_many_at_once,
    ),
    Rule(
        "visits_apart",
        "While staff see several people in turn, they lead no group and hold no other visit.",
        shared_visits_beside_others,
    ),
    Rule("max_group_h", "Nobody leads more group hours than they may.", too_many_group_hours),
    Rule("apart", "People who are kept apart share no group.", kept_apart),
    Rule("coi", "Nobody is in a group led by staff they must not meet.", never_with),
)
