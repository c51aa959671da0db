"""Changing a plan by hand: always possible, never checked away. What it breaks is told in the check's own sentences."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.timetable.plans.opened import (
    OpenPlan,
    in_names,
    keep_changed,
    names_of,
    open_plan,
    require_settled,
    told_of,
)
from throughcare.timetable.check import check
from throughcare.timetable.problem import Plan, Problem, SlotKey
from throughcare.timetable.sentences import say_group


@dataclass(frozen=True)
class Change:
    """One change by hand: `kind` is join, leave, lead or close; `open` is leading a slot that does not meet yet."""

    kind: str
    slot: SlotKey
    person: str = ""
    staff: str = ""


@dataclass(frozen=True)
class Weighed:
    """What a change does: in words, what it breaks that was whole, what it mends, and the figures before and after."""

    words: str
    breaks: tuple[str, ...]
    mends: tuple[str, ...]
    unmet_before: float
    unmet_after: float
    below_before: int
    below_after: int


def weigh_change(plan: UUID, change: Change, *, by: Actor, at: datetime) -> Weighed:
    """What would become of a plan with a change. Raises `Cannot` where it names what isn't there."""
    opened = open_plan(plan, by=by)
    changed = _apply(opened, change)
    after = check(opened.problem, changed)
    before, later = set(opened.checked.broken), set(after.broken)
    people = {person for one in (*opened.checked.broken, *after.broken) for person in one.people}
    names = names_of(people | ({change.person} - {""}), by=by, at=at)
    return Weighed(
        in_names(_words(opened, change), names),
        told_of([one for one in after.broken if one not in before], names, by=by),
        told_of([one for one in opened.checked.broken if one not in later], names, by=by),
        opened.checked.unmet_hours,
        after.unmet_hours,
        len(opened.checked.below),
        len(after.below),
    )


def change_plan(plan: UUID, change: Change, *, by: Actor, at: datetime) -> UUID:
    """Keep the plan with a change as a plan of its own; its public id."""
    opened = open_plan(plan, by=by)
    require_settled(opened)
    changed = _apply(opened, change)
    if change.person:
        names_of([change.person], by=by, at=at, verb="change")
    # Lists of plans name nobody: who it is stands on the plan's own pages.
    words = _words(opened, replace(change, person="Someone"))
    return keep_changed(opened, changed, words, by=by, at=at)


def _apply(opened: OpenPlan, change: Change) -> Plan:
    if change.slot not in opened.problem.slots:
        raise Cannot("This group isn't one that the week knows.", field="slot")
    if change.kind not in _CHANGES:
        raise Cannot(f"Choose one of: {', '.join(_CHANGES)}.", field="kind")
    return _CHANGES[change.kind](opened.problem, opened.plan, change)


def together(problem: Problem, key: SlotKey) -> frozenset[SlotKey]:
    """A meeting with those that are attended all together with it."""
    series = problem.slots[key].series
    if series is None:
        return frozenset({key})
    return frozenset(one for one, slot in problem.slots.items() if slot.series == series)


def _join(problem: Problem, plan: Plan, change: Change) -> Plan:
    if change.person not in problem.people:
        raise Cannot("Choose someone of this week.", field="person")
    keys = together(problem, change.slot)
    if not keys & plan.groups.keys():
        raise Cannot("This group doesn't meet in the plan. Choose who leads it first.", field="slot")
    held = plan.attend.get(change.person, frozenset()) | (keys & plan.groups.keys())
    return replace(plan, attend={**plan.attend, change.person: held})


def _leave(problem: Problem, plan: Plan, change: Change) -> Plan:
    held = plan.attend.get(change.person, frozenset())
    if change.slot not in held:
        raise Cannot("This person isn't in the group.", field="person")
    return replace(plan, attend={**plan.attend, change.person: held - together(problem, change.slot)})


def _lead(problem: Problem, plan: Plan, change: Change) -> Plan:
    if change.staff not in problem.staff:
        raise Cannot("Choose someone who works here.", field="staff")
    led = dict.fromkeys(together(problem, change.slot), change.staff)
    return replace(plan, groups={**plan.groups, **led})


def _close(problem: Problem, plan: Plan, change: Change) -> Plan:
    gone = together(problem, change.slot)
    return replace(
        plan,
        groups={key: who for key, who in plan.groups.items() if key not in gone},
        attend={person: held - gone for person, held in plan.attend.items()},
    )


_CHANGES: dict[str, Callable[[Problem, Plan, Change], Plan]] = {
    "join": _join,
    "leave": _leave,
    "lead": _lead,
    "close": _close,
}


def _words(opened: OpenPlan, change: Change) -> str:
    group = say_group(opened.problem, change.slot)
    return {
        "join": f"{change.person} joins {group}.",
        "leave": f"{change.person} leaves {group}.",
        "lead": f"{opened.problem.say(change.staff)} leads {group}.",
        "close": f"{group} is not held.",
    }[change.kind]
