"""The week as it stands, for the timetable to start from: what breaks a rule is taken out of it, and told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from throughcare.timetable.check import check
from throughcare.timetable.constraints import Broken
from throughcare.timetable.problem import Plan, Problem, SlotKey

# Each round takes something out; a week that is not clean after this many starts from nothing.
ROUNDS = 100
# What is broken by a group itself, whoever is in it.
OF_GROUPS = frozenset({"group_small", "facilitator", "room", "max_group_h"})
VISITS_FIRST = frozenset({"staff_overlap", "visits_apart", "rx_cap", "one_period"})


@dataclass(frozen=True)
class Clash:
    """Something that the week holds although a rule speaks against it. `because` names people by their ids."""

    rule: str
    because: str
    people: tuple[str, ...]


def without_clashes(problem: Problem, plan: Plan) -> tuple[Plan, tuple[Clash, ...]]:
    """The plan without what breaks a rule, and each such thing in a sentence; the first sentence says why it left."""
    told: dict[str, Clash] = {}
    for _ in range(ROUNDS):
        # Whoever left may leave a group with nobody in it, which is no news of its own.
        plan = _without_empty(problem, plan)
        broken = check(problem, plan).broken
        if not broken:
            return plan, tuple(told.values())
        for one in broken:
            told.setdefault(one.because, Clash(one.rule, one.because, one.people))
        changed = plan
        for one in _one_a_person(broken):
            changed = _without(problem, changed, one)
        if changed == plan:
            break
        plan = changed
    return Plan(), tuple(told.values())


def _without_empty(problem: Problem, plan: Plan) -> Plan:
    held = {key for keys in plan.attend.values() for key in keys}
    small = {key for key in plan.groups if key not in held and problem.slots[key].fewest > 0}
    return replace(plan, groups={key: who for key, who in plan.groups.items() if key not in small})


def _one_a_person(broken: tuple[Broken, ...]) -> Iterator[Broken]:
    """Groups first, of those that need one room one; of each person one at a time, since one may mend another."""
    groups = [one for one in broken if one.rule in OF_GROUPS]
    if groups:
        rooms = [one for one in groups if one.rule == "room"]
        yield from [one for one in groups if one.rule != "room"] or rooms[:1]
        return
    seen: set[str] = set()
    for one in broken:
        if not seen.intersection(one.people):
            seen.update(one.people)
            yield one


def _without(problem: Problem, plan: Plan, broken: Broken) -> Plan:
    if broken.rule in OF_GROUPS:
        return without_group(problem, plan, broken.slots[-1])
    if broken.rule in VISITS_FIRST and broken.people:
        return without_visits(plan, broken.people[-1], problem)
    if broken.people:
        # One of two who must not meet leaves, not both.
        return _lightened(problem, plan, broken.people[-1], among=broken.slots)
    return without_group(problem, plan, broken.slots[-1]) if broken.slots else plan


def without_group(problem: Problem, plan: Plan, key: SlotKey) -> Plan:
    """The plan without a group, in all its meetings."""
    gone = _series(problem, key)
    return replace(
        plan,
        groups={one: who for one, who in plan.groups.items() if one not in gone},
        attend={person: slots - gone for person, slots in plan.attend.items()},
    )


def without_visits(plan: Plan, person: str, problem: Problem) -> Plan:
    """The plan without the one-to-one of a person that breaks a rule, or without all of them."""
    held = dict(plan.ones.get(person, {}))
    for kind in sorted(held):
        less = {other: at for other, at in held.items() if other != kind}
        changed = replace(plan, ones={**plan.ones, person: less})
        rules = {one.rule for one in check(problem, changed).broken if person in one.people}
        if not rules & VISITS_FIRST:
            return changed
    return replace(plan, ones={**plan.ones, person: {}})


def _lightened(problem: Problem, plan: Plan, person: str, *, among: tuple[SlotKey, ...]) -> Plan:
    """The plan without that one thing of a person whose absence mends most; the smallest where it is the same."""
    choices = list(_choices(problem, plan, person, among))
    if not choices:
        return plan
    own = _alone(problem, plan, person)
    return min(choices, key=lambda row: (_broken(own, row[1], person), row[0]))[1]


def _choices(
    problem: Problem, plan: Plan, person: str, among: tuple[SlotKey, ...]
) -> Iterator[tuple[float, Plan]]:
    attended = plan.attend.get(person, frozenset())
    if not among:
        ones = {one.kind: one for one in problem.people[person].ones}
        held = plan.ones.get(person, {})
        for kind in sorted(held):
            less = {other: at for other, at in held.items() if other != kind}
            size = ones[kind].hours if kind in ones else 0.0
            yield size, replace(plan, ones={**plan.ones, person: less})
    for key in sorted(attended.intersection(among) if among else attended):
        gone = _series(problem, key)
        size = sum(problem.kinds[one.type].hours for one in gone)
        yield size, replace(plan, attend={**plan.attend, person: attended - gone})


def _alone(problem: Problem, plan: Plan, person: str) -> Problem:
    """The problem with this person alone in it: what breaks then is their own."""
    slots = {key: replace(problem.slots[key], fewest=0) for key in plan.attend.get(person, frozenset())}
    return replace(
        problem,
        people={person: problem.people[person]},
        slots=slots,
        apart=frozenset(),
        previous=None,
    )


def _broken(problem: Problem, plan: Plan, person: str) -> int:
    own = Plan(
        groups={key: plan.groups[key] for key in problem.slots if key in plan.groups},
        attend={person: plan.attend.get(person, frozenset())},
        ones={person: plan.ones.get(person, {})},
    )
    return sum(one.count for one in check(problem, own).broken if person in one.people)


def _series(problem: Problem, key: SlotKey) -> frozenset[SlotKey]:
    """A meeting with all that are attended together with it."""
    series = problem.slots[key].series if key in problem.slots else None
    if series is None:
        return frozenset({key})
    return frozenset(one for one, slot in problem.slots.items() if slot.series == series)
