"""The fast engine reaches what the slow, obvious one finds, and both behave as a fair judge must."""

from dataclasses import replace

import pytest

from tests.timetable.brute_force import every_plan, least_cost, tiny_week
from throughcare.timetable.check import check
from throughcare.timetable.part import improve_part
from throughcare.timetable.problem import Plan, Problem, Room
from throughcare.timetable.solve import solve

# Weeks in which something can be chosen, and not so much that every plan can't be looked at.
HOUR_GRID = (0, 3, 5, 9, 17, 19, 23, 28, 41, 47)
FINE_GRID = (2, 3, 8, 16, 20, 27, 33, 42, 46, 54)
WEEKS = [pytest.param(tiny_week(seed), id=f"hours-{seed}") for seed in HOUR_GRID] + [
    pytest.param(tiny_week(seed, fine=True), id=f"fine-{seed}") for seed in FINE_GRID
]


def fast(problem: Problem, start: Plan | None = None) -> Plan:
    return improve_part(
        problem, start or Plan(), people=sorted(problem.people), seconds=10, other_leaders=True
    )


@pytest.mark.parametrize("problem", WEEKS)
def test_the_engine_reaches_the_best_of_all_plans(problem):
    checked = check(problem, fast(problem))
    assert checked.broken == ()
    assert checked.cost.total == pytest.approx(least_cost(problem))


@pytest.mark.parametrize("problem", WEEKS)
def test_a_whole_search_ends_there_too_and_its_bound_lies_below(problem):
    found, best = solve(problem, rounds=25), least_cost(problem)
    checked = check(problem, found.plan)
    assert checked.broken == ()
    assert checked.cost.total == pytest.approx(best)
    assert found.cost == pytest.approx(best)
    assert found.bound <= best + 1e-6


@pytest.mark.parametrize("problem", WEEKS[:6] + WEEKS[10:14])
def test_one_more_seat_never_makes_the_best_week_worse(problem):
    best = least_cost(problem)
    for key, slot in problem.slots.items():
        roomier = replace(problem, slots={**problem.slots, key: replace(slot, most=slot.most + 1)})
        assert check(problem=roomier, plan=fast(roomier)).cost.total <= best + 1e-6


@pytest.mark.parametrize("problem", WEEKS[:6] + WEEKS[10:14])
def test_one_more_room_never_makes_the_best_week_worse(problem):
    roomier = replace(problem, rooms=(*problem.rooms, Room("one more", "group", 3)))
    assert check(roomier, fast(roomier)).cost.total <= least_cost(problem) + 1e-6


@pytest.mark.parametrize("problem", WEEKS[:6] + WEEKS[10:14])
def test_other_names_for_the_same_people_change_nothing(problem):
    renamed = with_people_named(
        problem, {person: f"z{9 - n}" for n, person in enumerate(sorted(problem.people))}
    )
    assert check(renamed, fast(renamed)).cost.total == pytest.approx(check(problem, fast(problem)).cost.total)


@pytest.mark.parametrize("problem", WEEKS[:6] + WEEKS[10:14])
def test_publishing_what_is_published_changes_nothing(problem):
    best, checked = min(every_plan(problem), key=lambda plan: plan[1].cost.total)
    published = replace(problem, previous=best)
    again = fast(published, best)
    judged = check(published, again)
    assert (judged.changed, judged.people_changed) == (0, ())
    assert judged.cost.total == pytest.approx(checked.cost.total)


def with_people_named(problem: Problem, names: dict[str, str]) -> Problem:
    """The same problem with other ids for its people, in another order."""
    slots = {
        key: replace(slot, closed_to=slot.closed_to and frozenset(names[one] for one in slot.closed_to))
        for key, slot in problem.slots.items()
    }
    people = {names[one.id]: replace(one, id=names[one.id]) for one in reversed(problem.people.values())}
    return replace(
        problem,
        slots=slots,
        people=people,
        apart=frozenset((names[a], names[b]) for a, b in problem.apart),
        never_with=frozenset((names[a], staff) for a, staff in problem.never_with),
    )
