"""One person's best weeks, against every week there is: brute force on tiny weeks, in both grids."""

from functools import cache

import pytest

from tests.timetable.brute_force import every_plan, own_weeks, tiny_week
from throughcare.timetable.alone import best_weeks, terms_of
from throughcare.timetable.check import check
from throughcare.timetable.problem import Plan
from throughcare.timetable.standing import Standing

SEEDS = range(16)


@cache
def a_week(seed, fine):
    """A tiny problem and a clean plan in which something goes on, the best of the first hundred."""
    problem = tiny_week(seed, fine=fine)
    plans = (found for _, found in zip(range(100), every_plan(problem), strict=False))
    return problem, min(plans, key=lambda found: found[1].cost.total)[0]


def with_week(plan, person, slots, ones):
    return Plan(plan.groups, {**plan.attend, person: frozenset(slots)}, {**plan.ones, person: ones})


def contradicts_itself(problem):
    return any(
        (person.id, one.staff) in problem.never_with
        for person in problem.people.values()
        for one in person.ones
    )


@pytest.mark.parametrize("fine", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_no_week_is_better_than_the_best_one_found(seed, fine):
    problem, plan = a_week(seed, fine)
    if contradicts_itself(problem):
        pytest.skip("this tiny week asks for a visit with staff the person never meets")
    for person in sorted(problem.people):
        standing = Standing(problem, plan)
        bound = standing.bound(person)
        standing.clear(person)
        found = best_weeks(terms_of(standing, person, bound=bound), most=3)
        weeks = [week for week in own_weeks(problem, problem.people[person]) if bound <= week[0]]
        judged = [check(problem, with_week(plan, person, *week)) for week in weeks]
        costs = [checked.cost.total for checked in judged if checked.is_clean]
        ours = [check(problem, with_week(plan, person, week.slots, week.ones)) for week in found]
        assert all(checked.is_clean for checked in ours)
        assert ours[0].cost.total == pytest.approx(min(costs))
        assert [week.cost for week in found] == sorted(week.cost for week in found)
        assert [one.cost.total - ours[0].cost.total for one in ours] == pytest.approx(
            [week.cost - found[0].cost for week in found]
        )
        assert len({week.shape for week in found}) == len(found)


def test_a_published_seat_is_kept_where_another_would_only_be_as_good():
    problem, plan = a_week(4, False)
    for person in sorted(problem.people):
        standing = Standing(problem, plan)
        standing.clear(person)
        first = best_weeks(terms_of(standing, person))[0]
        published = with_week(plan, person, first.slots, first.ones)
        again = best_weeks(terms_of(standing, person, kept=published))[0]
        assert (again.slots, again.ones) == (first.slots, first.ones)
