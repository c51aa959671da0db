"""What if: a change that nobody has made yet, asked of a site's week; and which single change would help most.

What is proposed is kept in plain words of the week (ids, days, clock times), and made a proposal where it is solved.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.timetable.asking.whole_week import require_sound
from throughcare.pathway.timetable.picture.forms import ANYWHERE, VIDEO
from throughcare.pathway.timetable.picture.meaning import Meaning, meaning_of, read_slot, slot_words
from throughcare.pathway.timetable.picture.week import picture_of
from throughcare.pathway.timetable.planners import open_site
from throughcare.pathway.timetable.plans.opened import OpenPlan, open_plan, require_settled
from throughcare.pathway.timetable.runs.run import NewRun, ask_for_run
from throughcare.timetable import what_if
from throughcare.timetable.problem import Plan, Problem, Room, Slot, SlotKey, Staff

SECONDS = {"what_if": 10, "best_changes": 60}
PROPOSALS = {
    "close": "A group is not held",
    "open": "A group on offer opens",
    "move": "A group meets at another time",
    "hours": "Someone of the staff works at another time too",
    "hire": "Someone is hired who leads groups",
    "room": "There is one more room",
    "size": "A type of group takes more people",
}


@dataclass(frozen=True)
class Proposed:
    """One change: `kind` is a key of `PROPOSALS`; of the rest what the kind asks for."""

    kind: str
    slot: str = ""
    weekday: int = 0
    starts: str = ""
    ends: str = ""
    staff: str = ""
    type: str = ""
    number: int = 0


@dataclass(frozen=True)
class Choices:
    """What a proposal may be about: groups that meet, groups on offer, staff, types, kinds of room."""

    groups: tuple[tuple[str, str], ...]
    offers: tuple[tuple[str, str], ...]
    staff: tuple[tuple[str, str], ...]
    types: tuple[tuple[str, str], ...]


def proposal_choices(site: UUID, monday: date, *, by: Actor, at: datetime) -> Choices:
    """What can be chosen for a site's week."""
    open_site(site, by=by)
    return _choices(picture_of(site, monday=monday, by=by, at=at).problem)


def plan_choices(plan: UUID, *, by: Actor) -> Choices:
    """What can be chosen for a plan that nobody has published."""
    return _choices(as_published(open_plan(plan, by=by)))


def as_published(opened: OpenPlan) -> Problem:
    """The plan's problem as if the plan were the week that people live."""
    return replace(opened.problem, previous=opened.plan)


def _choices(problem: Problem) -> Choices:
    held = (problem.previous or Plan()).groups
    return Choices(
        groups=tuple((slot_words(key), _say(problem, key)) for key in sorted(held, key=_in_order)),
        offers=tuple(
            (slot_words(key), _say(problem, key))
            for key in sorted(problem.slots.keys() - held.keys(), key=_in_order)
        ),
        staff=tuple(sorted(((one, problem.say(one)) for one in problem.staff), key=lambda row: row[1])),
        types=tuple(sorted(((one, problem.say(one)) for one in problem.kinds), key=lambda row: row[1])),
    )


def _in_order(key: SlotKey) -> tuple[int, int, str]:
    return key.day, key.start, key.type


def _say(problem: Problem, key: SlotKey) -> str:
    return f"{problem.say(key.type)}, {problem.say_time(key.day, key.start)}"


def ask_what_if(site: UUID, monday: date, proposed: Proposed | None, *, by: Actor, at: datetime) -> UUID:
    """Queue the question what a change would do; without a change, which single one would help most."""
    open_site(site, by=by)
    picture = picture_of(site, monday=monday, by=by, at=at)
    require_sound(picture)
    meaning = meaning_of(picture, organization=by.organization)
    return ask_for_run(site, _question(picture.problem, monday, proposed, meaning), by=by, at=at)


def ask_what_if_of_plan(plan: UUID, proposed: Proposed | None, *, by: Actor, at: datetime) -> UUID:
    """The same question of a plan as if it were the week already; who gains and who loses is against the plan.

    Raises `Cannot` while the plan is still solved, or where it breaks a rule.
    """
    opened = open_plan(plan, by=by)
    require_settled(opened)
    if opened.checked.broken:
        raise Cannot("This plan breaks a rule. Mend it first: its page says which.")
    row = opened.row
    new = _question(as_published(opened), row.monday, proposed, opened.meaning)
    return ask_for_run(
        row.site.uid, replace(new, title=f"Plan {row.number}. {new.title}"[:200]), by=by, at=at
    )


def _question(problem: Problem, monday: date, proposed: Proposed | None, meaning: Meaning) -> NewRun:
    kind, title = "best_changes", "Which single change helps most?"
    asked: dict[str, Any] = {}
    if proposed is not None:
        kind, asked = "what_if", asdict(proposed)
        title = f"What if: {what_if.say_proposal(problem, as_proposal(problem, proposed))}"
    return NewRun(kind, monday, title, problem, meaning, seconds=SECONDS[kind], asked=asked)


def as_proposal(problem: Problem, proposed: Proposed) -> what_if.Proposal:
    """The proposal as the engine takes it. Raises `Cannot` about the field that doesn't fit."""
    if proposed.kind not in _PROPOSALS:
        raise Cannot("Choose what would change.", field="kind")
    return _PROPOSALS[proposed.kind](problem, proposed)


def _slot(problem: Problem, proposed: Proposed) -> Slot:
    key = read_slot(proposed.slot)
    if key is None or key not in problem.slots:
        raise Cannot("Choose the group.", field="slot")
    return problem.slots[key]


def _ticks(problem: Problem, proposed: Proposed) -> frozenset[int]:
    first, last = _tick(problem, proposed.starts, "starts"), _tick(problem, proposed.ends, "ends")
    if last <= first:
        raise Cannot("It ends after it starts.", field="ends")
    return frozenset(range(max(0, first), min(problem.ticks, last)))


def _tick(problem: Problem, clock: str, field: str) -> int:
    try:
        at = time.fromisoformat(clock)
    except ValueError:
        raise Cannot("Enter a time of day.", field=field) from None
    return (at.hour * 60 + at.minute - problem.first_minute) // problem.minutes_per_tick


def _moved(problem: Problem, proposed: Proposed) -> what_if.MoveGroup:
    slot = _slot(problem, proposed)
    start = _tick(problem, proposed.starts, "starts")
    ticks = tuple(range(start, start + len(slot.ticks)))
    if ticks[0] < 0 or ticks[-1] >= problem.ticks or not 0 <= proposed.weekday < problem.days:
        raise Cannot("The clinic's week doesn't reach so far.", field="starts")
    key = slot.key._replace(day=proposed.weekday, start=start)
    taken = {one.copy for one in problem.slots if one[:4] == key[:4]}
    key = key._replace(copy=next(n for n in range(len(taken) + 1) if n not in taken))
    return what_if.MoveGroup(slot.key, replace(slot, key=key, ticks=ticks, series=None))


def _hired(problem: Problem, proposed: Proposed) -> what_if.MoreStaff:
    ticks = _ticks(problem, proposed)
    if not 0 <= proposed.weekday < problem.days:
        raise Cannot("Choose the day.", field="weekday")
    free = tuple(ticks if day == proposed.weekday else frozenset() for day in range(problem.days))
    skills = frozenset({proposed.type} if proposed.type else problem.kinds)
    hours = len(ticks) * problem.minutes_per_tick / 60
    return what_if.MoreStaff(
        Staff("new staff", "therapist", "", frozenset({"en"}), skills, free, hours, hours)
    )


def _hours(problem: Problem, proposed: Proposed) -> what_if.StaffTime:
    if proposed.staff not in problem.staff:
        raise Cannot("Choose who would work then.", field="staff")
    return what_if.StaffTime(proposed.staff, proposed.weekday, _ticks(problem, proposed))


def _room(problem: Problem, proposed: Proposed) -> what_if.MoreRoom:
    kind = problem.kinds[proposed.type].room_kind if proposed.type in problem.kinds else "group"
    if kind in (VIDEO, ANYWHERE):
        raise Cannot("Groups of this type are not held in a room here.", field="type")
    if not 1 <= proposed.number <= 60:
        raise Cannot("Enter how many people it seats, 1 to 60.", field="number")
    return what_if.MoreRoom(Room("new room", kind, proposed.number))


def _size(problem: Problem, proposed: Proposed) -> what_if.GroupSize:
    if proposed.type not in problem.kinds:
        raise Cannot("Choose the type of group.", field="type")
    if not 1 <= proposed.number <= 60:
        raise Cannot("Enter how many people it takes, 1 to 60.", field="number")
    return what_if.GroupSize(proposed.type, proposed.number)


_PROPOSALS: Mapping[str, Callable[[Problem, Proposed], what_if.Proposal]] = {
    "close": lambda problem, proposed: what_if.CloseGroup(_slot(problem, proposed).key),
    "open": lambda problem, proposed: what_if.OpenGroup(_slot(problem, proposed)),
    "move": _moved,
    "hours": _hours,
    "hire": _hired,
    "room": _room,
    "size": _size,
}
