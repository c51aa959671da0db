"""Some people taken out of the week and placed anew one by one: many tries a second, kept when they are better."""

from collections.abc import Collection
from random import Random

from throughcare.timetable.search.one_week import best_week
from throughcare.timetable.search.rows import units
from throughcare.timetable.search.seats import a_group, leader_for, seat_price, visits_of
from throughcare.timetable.search.sound import rooms_are_sound
from throughcare.timetable.search.trial import Trial
from throughcare.timetable.search.week import Week

# How often people of groups that came out too small are placed again.
ROUNDS = 3


def rebuild(
    week: Week,
    people: Collection[int],
    random: Random,
    *,
    close: Collection[int] = (),
    openings: Collection[int] = (),
    noise: float = 1.0,
) -> Trial:
    """Places these people anew, with `close` closed first; `openings` may open. The caller keeps it or undoes it."""
    trial = Trial(week)
    for person in people:
        trial.give(person, (), {})
    moved = set(people)
    for slot in close:
        moved |= _close(trial, slot)
    barred = set(close)
    for turn in range(ROUNDS):
        order = sorted(moved)
        random.shuffle(order)
        for person in order:
            _place(trial, person, random, set(openings) - barred if turn == 0 else (), barred, noise)
        small = [s for s in sorted(trial.slots) if s in week.leader and _too_small(week, s)]
        if not small:
            return trial
        moved = set()
        for slot in small:
            barred.add(slot)
            moved |= _close(trial, slot)
    _give_up(trial, moved)
    return trial


def _too_small(week: Week, slot: int) -> bool:
    return len(week.members[slot]) < week.tables.slots[slot].fewest


def _close(trial: Trial, slot: int) -> set[int]:
    """Closes a group and takes those who were in it out of the week."""
    members = set(trial.week.members[slot])
    for person in sorted(members):
        trial.give(person, (), {})
    if slot in trial.week.leader:
        trial.lead(slot, None)
    return members


def _give_up(trial: Trial, people: set[int]) -> None:
    """Groups that are still too small close, and those left over stay without a week."""
    while people:
        more: set[int] = set()
        for slot in sorted(trial.slots):
            if slot in trial.week.leader and _too_small(trial.week, slot):
                more |= _close(trial, slot)
        people = more


def _place(
    trial: Trial, person: int, random: Random, openings: Collection[int], barred: set[int], noise: float
) -> None:
    week, tables = trial.week, trial.week.tables
    row, prices = tables.people[person], {}
    if week.attend[person] or week.ones[person]:
        trial.give(person, (), {})
    changed = units(tables.weights.change)
    had = tables.had_slots.get(person, frozenset())
    for slot in row.slots:
        if slot in week.leader:
            price = seat_price(week, person, slot)
        elif slot in openings and leader_for(week, slot) is not None:
            price = row.slots[slot] + a_group(tables, slot) // 4
        else:
            continue
        if price is not None:
            prices[slot] = price + round(random.random() * noise * 240) - (changed if slot in had else 0)
    found = best_week(tables, row, prices, visits_of(week, person))
    taken: set[int] = set()
    for slot in sorted(found.slots):
        if slot not in week.leader:
            leader = leader_for(week, slot)
            if leader is None or (person, leader) in tables.never:
                trial.give(person, (), {})
                return
            trial.lead(slot, leader)
        taken.add(slot)
    trial.give(person, taken, found.ones)
    if not all(rooms_are_sound(week, slot) for slot in taken):
        trial.give(person, (), {})
