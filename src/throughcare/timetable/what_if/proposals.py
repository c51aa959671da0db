"""What could be changed about a clinic's week, and the problem as it would then be."""

from collections.abc import Container
from dataclasses import dataclass, replace

from throughcare.timetable.problem import Problem, Room, Slot, SlotKey, Staff
from throughcare.timetable.sentences import say_count, say_group, say_room, say_span


@dataclass(frozen=True)
class MoveGroup:
    """A group meets at another time; `to` is the slot it then has."""

    slot: SlotKey
    to: Slot


@dataclass(frozen=True)
class OpenGroup:
    """A group meets that does not yet."""

    slot: Slot


@dataclass(frozen=True)
class CloseGroup:
    """A group no longer meets, nor any other in its place."""

    slot: SlotKey


@dataclass(frozen=True)
class MoreStaff:
    """Someone joins the staff."""

    staff: Staff


@dataclass(frozen=True)
class StaffTime:
    """Someone of the staff works these ticks of a day too, and may lead so many more hours of groups."""

    staff: str
    day: int
    ticks: frozenset[int]


@dataclass(frozen=True)
class MoreRoom:
    """One more room."""

    room: Room


@dataclass(frozen=True)
class GroupSize:
    """Groups of a type take up to `most` people."""

    type: str
    most: int


Proposal = MoveGroup | OpenGroup | CloseGroup | MoreStaff | StaffTime | MoreRoom | GroupSize


def with_proposal(problem: Problem, proposal: Proposal) -> Problem:
    """The problem with a proposal taken up. ValueError: it names what the week doesn't have, or has already."""
    match proposal:
        case MoveGroup(slot, to):
            _known(slot, problem.slots, "the groups")
            others = {key: each for key, each in problem.slots.items() if key != slot}
            return replace(problem, slots={**others, to.key: to})
        case OpenGroup(slot):
            return replace(problem, slots={**problem.slots, slot.key: slot})
        case CloseGroup(slot):
            _known(slot, problem.slots, "the groups")
            return replace(problem, slots={key: each for key, each in problem.slots.items() if key != slot})
        case MoreStaff(staff):
            if staff.id in problem.staff:
                raise ValueError(f"{staff.id} is on the staff of this week already.")
            return replace(problem, staff={**problem.staff, staff.id: staff})
        case StaffTime():
            return _with_time(problem, proposal)
        case MoreRoom(room):
            return replace(problem, rooms=(*problem.rooms, room))
        case GroupSize(name, most):
            _known(name, problem.kinds, "the types of groups")
            return replace(problem, slots=_resized(problem, name, most))


def say_proposal(problem: Problem, proposal: Proposal) -> str:
    """A proposal as a sentence."""
    match proposal:
        case MoveGroup(slot, to):
            return (
                f"{say_group(problem, slot)} meets on {problem.say_time(to.key.day, to.key.start)} instead."
            )
        case OpenGroup(slot):
            return f"{say_group(problem, slot.key)} opens."
        case CloseGroup(slot):
            return f"{say_group(problem, slot)} closes."
        case MoreStaff(staff):
            return f"{problem.say(staff.id)} joins the staff."
        case StaffTime(staff, day, ticks):
            return f"{problem.say(staff)} works on {say_span(problem, day, sorted(ticks))} too."
        case MoreRoom(room):
            people = say_count(room.seats, "person", "people")
            return f"One more {say_room(problem, room.kind)}, for {people}."
        case GroupSize(name, most):
            return f"Groups of {problem.say(name)} take up to {say_count(most, 'person', 'people')}."


def _with_time(problem: Problem, proposal: StaffTime) -> Problem:
    _known(proposal.staff, problem.staff, "the staff")
    member, day = problem.staff[proposal.staff], proposal.day
    hours = len(proposal.ticks - member.free[day]) * problem.minutes_per_tick / 60
    longer = replace(
        member,
        free=(*member.free[:day], member.free[day] | proposal.ticks, *member.free[day + 1 :]),
        most_group_hours=member.most_group_hours + hours,
        target_group_hours=member.target_group_hours + hours,
    )
    return replace(problem, staff={**problem.staff, member.id: longer})


def _resized(problem: Problem, name: str, most: int) -> dict[SlotKey, Slot]:
    return {
        key: replace(slot, most=most, fewest=min(slot.fewest, most)) if key.type == name else slot
        for key, slot in problem.slots.items()
    }


def _known(name: object, names: Container[object], where: str) -> None:
    if name not in names:
        said = " ".join(map(str, name)) if isinstance(name, SlotKey) else str(name)
        raise ValueError(f"{said} is not among {where} of this week.")
