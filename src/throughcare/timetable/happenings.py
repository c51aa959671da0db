"""What can happen to a published week, and the problem as it stands after it did.

A group that meets is not closed because one person leaves it: where someone is discharged or a life changes, the
fewest people that their groups need is lowered to who remains. The next full solving uses the clinic's own number.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from throughcare.timetable.problem import Person, Problem, Slot, SlotKey, Staff


@dataclass(frozen=True)
class StaffAway:
    """Someone of the staff is away on a day: all of it, or these ticks."""

    staff: str
    day: int
    ticks: frozenset[int] | None = None


@dataclass(frozen=True)
class RoomLost:
    """A room can't be used this week."""

    room: str


@dataclass(frozen=True)
class DayLost:
    """Nobody can come to the clinic on a day. Groups in rooms of the kinds `kept`, such as by video, go on."""

    day: int
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LifeChanged:
    """A person's free ticks of each day are now these."""

    person: str
    free: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class PersonLeft:
    """A person no longer comes."""

    person: str


@dataclass(frozen=True)
class PersonCame:
    """A person comes who was not in the week."""

    person: Person


Happening = StaffAway | RoomLost | DayLost | LifeChanged | PersonLeft | PersonCame


def after(problem: Problem, happening: Happening) -> Problem:
    """The problem once this has happened; `previous`, the published week, stays. ValueError: an unknown id."""
    match happening:
        case StaffAway():
            return _staff_away(problem, happening)
        case RoomLost():
            return _room_lost(problem, happening)
        case DayLost():
            return _day_lost(problem, happening)
        case LifeChanged():
            return _life_changed(problem, happening)
        case PersonLeft():
            return _person_left(problem, happening)
        case PersonCame():
            return _person_came(problem, happening)


def _staff_away(problem: Problem, happening: StaffAway) -> Problem:
    _known(happening.staff, problem.staff, "the staff")
    _known(happening.day, range(problem.days), "the days")
    member = problem.staff[happening.staff]
    staff = dict(problem.staff)
    staff[member.id] = _without(member, happening.day, happening.ticks)
    return replace(problem, staff=staff)


def _room_lost(problem: Problem, happening: RoomLost) -> Problem:
    _known(happening.room, [room.id for room in problem.rooms], "the rooms")
    return replace(problem, rooms=tuple(room for room in problem.rooms if room.id != happening.room))


def _day_lost(problem: Problem, happening: DayLost) -> Problem:
    day = happening.day
    _known(day, range(problem.days), "the days")
    if happening.kept:
        return _walls_lost(problem, day, happening.kept)
    return replace(
        problem,
        slots={key: slot for key, slot in problem.slots.items() if key.day != day},
        staff={name: _without(member, day, None) for name, member in problem.staff.items()},
        people={
            name: replace(person, free=_emptied(person.free, day, None))
            for name, person in problem.people.items()
        },
    )


def _walls_lost(problem: Problem, day: int, kept: frozenset[str]) -> Problem:
    """Groups of the day that need other rooms are gone, and so are its one-to-ones; people and staff are at home."""
    elsewhen = frozenset((d, tick) for d in range(problem.days) if d != day for tick in range(problem.ticks))

    def moved(person: Person) -> Person:
        ones = (
            replace(one, starts=elsewhen if one.starts is None else one.starts & elsewhen)
            for one in person.ones
        )
        return replace(person, ones=tuple(ones))

    return replace(
        problem,
        slots={
            key: slot
            for key, slot in problem.slots.items()
            if key.day != day or problem.kinds[key.type].room_kind in kept
        },
        people={name: moved(person) for name, person in problem.people.items()},
    )


def _life_changed(problem: Problem, happening: LifeChanged) -> Problem:
    _known(happening.person, problem.people, "the people")
    people = dict(problem.people)
    people[happening.person] = replace(people[happening.person], free=happening.free)
    return replace(problem, people=people, slots=_fewer_needed(problem, happening.person))


def _person_left(problem: Problem, happening: PersonLeft) -> Problem:
    gone = happening.person
    _known(gone, problem.people, "the people")
    return replace(
        problem,
        people={name: person for name, person in problem.people.items() if name != gone},
        apart=frozenset(pair for pair in problem.apart if gone not in pair),
        never_with=frozenset(pair for pair in problem.never_with if pair[0] != gone),
        slots=_fewer_needed(problem, gone),
    )


def _person_came(problem: Problem, happening: PersonCame) -> Problem:
    if happening.person.id in problem.people:
        raise ValueError(f"{happening.person.id} is in this week already.")
    return replace(problem, people={**problem.people, happening.person.id: happening.person})


def _without(member: Staff, day: int, ticks: frozenset[int] | None) -> Staff:
    return replace(member, free=_emptied(member.free, day, ticks))


def _emptied(
    free: tuple[frozenset[int], ...], day: int, ticks: frozenset[int] | None
) -> tuple[frozenset[int], ...]:
    """These free ticks without some of one day; None takes them all."""
    left = frozenset[int]() if ticks is None else free[day] - ticks
    return (*free[:day], left, *free[day + 1 :])


def _fewer_needed(problem: Problem, leaver: str) -> dict[SlotKey, Slot]:
    """The slots, where those the leaver was published in may go on with one person fewer."""
    slots = dict(problem.slots)
    if problem.previous is None:
        return slots
    for key in problem.previous.attend.get(leaver, frozenset()) & slots.keys():
        remaining = sum(key in taken for taken in problem.previous.attend.values()) - 1
        slots[key] = replace(slots[key], fewest=max(1, min(slots[key].fewest, remaining)))
    return slots


def _known(name: object, names: Collection[object], where: str) -> None:
    if name not in names:
        raise ValueError(f"{name} is not among {where} of this week.")
