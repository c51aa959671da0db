"""The first plan: people one by one, those with the least choice first, into groups that others can fill up."""

from collections.abc import Callable
from random import Random

from throughcare.timetable.problem import Plan, Problem
from throughcare.timetable.search.mend import settle
from throughcare.timetable.search.one_week import best_week
from throughcare.timetable.search.price import attended
from throughcare.timetable.search.rebuild import rebuild
from throughcare.timetable.search.seats import a_group, leader_for, seat, seat_price, visits_of
from throughcare.timetable.search.tables import Tables
from throughcare.timetable.search.week import Week


def first_plan(problem: Problem, seed: int = 0) -> Plan:
    """A plan that keeps every rule, found quickly."""
    return first_week(Tables(problem), seed).plan()


def first_week(
    tables: Tables, seed: int = 0, hurry: Callable[[], bool] = lambda: False, begun: Week | None = None
) -> Week:
    """The same as a week; once `hurry` says so, nobody more is placed. `begun` is one that was hurried."""
    week = begun or Week(tables)
    random = Random(seed)  # noqa: S311
    wanted = _wanted(tables)
    waiting = [p for p in range(len(tables.people)) if not week.attend[p] and not week.ones[p]]
    order = sorted(waiting, key=lambda p: (_choice(tables, p), random.random()))
    for person in order:
        if not hurry():
            _place(week, person, wanted, opening=True)
    for share in (0.5, 0.75, 1.0):
        for person in _close_small(week, share):
            if not hurry():
                _place(week, person, wanted, opening=False)
    settle(week)
    for person in order:
        if not hurry() and attended(week, person) < tables.people[person].prescribed:
            _better(week, person)
    return week


def _better(week: Week, person: int) -> None:
    """Places a person anew in the groups there are, when that is better."""
    trial = rebuild(week, [person], Random(0), noise=0.0)  # noqa: S311
    if trial.gain() < 0:
        trial.undo()


def _choice(tables: Tables, person: int) -> float:
    """How many stretches a person could come to, for each day they must come on."""
    row = tables.people[person]
    return sum(len(day) for day in row.stretches) / max(1, row.most_days)


def _wanted(tables: Tables) -> list[float]:
    """How much each group is wanted: the more by people who have few others to choose from."""
    wanted = [0.0] * len(tables.slots)
    for row in tables.people:
        choices: dict[str, int] = {}
        for slot in row.slots:
            choices[tables.slots[slot].type] = choices.get(tables.slots[slot].type, 0) + 1
        for slot in row.slots:
            kind = tables.slots[slot].type
            wanted[slot] += row.required.get(kind, 0.3) / choices[kind]
    return wanted


def _place(week: Week, person: int, wanted: list[float], *, opening: bool) -> None:
    """Gives a person the best week there is for them now; with `opening`, in groups yet to be opened too."""
    tables, row = week.tables, week.tables.people[person]
    week.set_attend(person, ())
    week.set_ones(person, {})
    most = max((wanted[s] for s in row.slots), default=1.0) or 1.0
    prices: dict[int, int] = {}
    for slot in row.slots:
        if slot in week.leader:
            price = seat_price(week, person, slot)
        elif opening and leader_for(week, slot) is not None:
            price = row.slots[slot] + round(a_group(tables, slot) * (6.0 - 5.5 * wanted[slot] / most))
        else:
            price = None
        if price is not None:
            prices[slot] = price
    found = best_week(tables, row, prices, visits_of(week, person))
    seat(week, person, found.slots, found.ones)


def _close_small(week: Week, share: float) -> list[int]:
    """Closes the groups below this share of the fewest they need; returns the people who were in them."""
    tables, moved = week.tables, set()
    for slot in sorted(week.leader, key=lambda s: len(week.members[s])):
        if len(week.members[slot]) < share * tables.slots[slot].fewest:
            for person in sorted(week.members[slot]):
                week.set_attend(person, week.attend[person] - {slot})
                moved.add(person)
            week.set_leader(slot, None)
    return sorted(moved)
