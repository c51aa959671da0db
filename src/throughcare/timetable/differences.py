"""What is different between two weeks, group by group and person by person, in sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from throughcare.timetable.problem import Plan, Problem, SlotKey
from throughcare.timetable.sentences import say_count, say_group, say_list

Visits = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Difference:
    """One difference. `code`: group_opens, group_closes, leader_changes, group_smaller_than_needed, person_comes,
    person_leaves, person_changes. `people` are those whose own week it is, `slots` the groups it is about."""

    code: str
    because: str
    people: tuple[str, ...] = ()
    slots: tuple[SlotKey, ...] = ()


def differences(problem: Problem, before: Plan, after: Plan) -> tuple[Difference, ...]:
    """All differences: groups in the order of the week, then people. Nothing is different: nothing is said."""
    found = [
        *_closed(problem, before, after),
        *_opened(problem, before, after),
        *_led_by_others(problem, before, after),
        *_small(problem, before, after),
    ]
    for person in sorted({*before.attend, *after.attend, *before.ones, *after.ones}):
        one = _of_person(problem, before, after, person)
        if one is not None:
            found.append(one)
    return tuple(found)


def people_of(changes: Iterable[Difference]) -> tuple[str, ...]:
    """The people whose own week is different, and who were in the week before and still are."""
    return tuple(sorted({one.people[0] for one in changes if one.code == "person_changes"}))


def _closed(problem: Problem, before: Plan, after: Plan) -> list[Difference]:
    return [
        Difference("group_closes", f"{say_group(problem, key)} no longer meets.", (), (key,))
        for key in _in_order(before.groups.keys() - after.groups.keys())
    ]


def _opened(problem: Problem, before: Plan, after: Plan) -> list[Difference]:
    return [
        Difference(
            "group_opens",
            f"{say_group(problem, key)} is new; {problem.say(after.groups[key])} leads it.",
            (),
            (key,),
        )
        for key in _in_order(after.groups.keys() - before.groups.keys())
    ]


def _led_by_others(problem: Problem, before: Plan, after: Plan) -> list[Difference]:
    return [
        Difference(
            "leader_changes",
            f"{problem.say(after.groups[key])} leads {say_group(problem, key)} "
            f"in place of {problem.say(before.groups[key])}.",
            (),
            (key,),
        )
        for key in _in_order(before.groups.keys() & after.groups.keys())
        if before.groups[key] != after.groups[key]
    ]


def _small(problem: Problem, before: Plan, after: Plan) -> list[Difference]:
    """Groups that meet on with fewer people than groups like them need, because someone left."""
    found = []
    was, now = _sizes(before), _sizes(after)
    needed: dict[str, int] = {}
    for key, slot in problem.slots.items():
        needed[key.type] = max(slot.fewest, needed.get(key.type, 0))
    for key in _in_order(before.groups.keys() & after.groups.keys()):
        if now[key] < was[key] and now[key] < needed.get(key.type, 0):
            people = say_count(now[key], "person", "people")
            because = (
                f"{say_group(problem, key)} goes on with {people}; groups like it need {needed[key.type]}."
            )
            found.append(Difference("group_smaller_than_needed", because, (), (key,)))
    return found


def _sizes(plan: Plan) -> Counter[SlotKey]:
    return Counter(key for held in plan.attend.values() for key in held)


def _of_person(problem: Problem, before: Plan, after: Plan, person: str) -> Difference | None:
    was, now = before.attend.get(person, frozenset()), after.attend.get(person, frozenset())
    lost, won = _in_order(was - now), _in_order(now - was)
    if person not in problem.people:
        return Difference("person_leaves", f"{person} no longer comes.", (person,), tuple(lost))
    moves = _moves(problem, lost, won)
    moves += _visits(problem, before.ones.get(person, {}), after.ones.get(person, {}))
    if not moves:
        return None
    slots = tuple(lost + won)
    if person not in before.attend and person not in before.ones:
        return Difference("person_comes", f"{person} comes: {say_list(moves)}.", (person,), slots)
    return Difference("person_changes", f"{person}: {say_list(moves)}.", (person,), slots)


def _moves(problem: Problem, lost: list[SlotKey], won: list[SlotKey]) -> list[str]:
    """Each lost group with the gained one of the same type, where there is one."""
    said, left = [], list(won)
    for key in lost:
        other = next((new for new in left if new.type == key.type), None)
        if other is None:
            said.append(f"{say_group(problem, key)} ends")
        else:
            left.remove(other)
            said.append(f"{say_group(problem, key)} becomes {say_group(problem, other)}")
    return said + [f"{say_group(problem, key)} is new" for key in left]


def _visits(problem: Problem, was: Visits, now: Visits) -> list[str]:
    said = []
    for kind in sorted({*was, *now}):
        old, new = was.get(kind), now.get(kind)
        name = f"one-to-one ({problem.say(kind)})"
        if old == new:
            continue
        if old is None and new is not None:
            said.append(f"{name} on {problem.say_time(*new)} is new")
        elif old is not None and new is None:
            said.append(f"{name} on {problem.say_time(*old)} ends")
        elif old is not None and new is not None:
            said.append(f"{name} moves from {problem.say_time(*old)} to {problem.say_time(*new)}")
    return said


def _in_order(keys: Iterable[SlotKey]) -> list[SlotKey]:
    return sorted(keys, key=lambda key: (key.day, key.start, key))
