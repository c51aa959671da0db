"""Solving a week: rules kept, the same plan again, what is published kept, limits kept."""

from dataclasses import replace

import pytest

from tests.timetable.clinic_week import clinic_week
from tests.timetable.clinics import any_plan, generated_site, needs_shared
from tests.timetable.small_clinic import small_clinic
from throughcare.timetable.check import check
from throughcare.timetable.greedy import first_plan
from throughcare.timetable.interchange import read_plan, read_problem
from throughcare.timetable.part import improve_part
from throughcare.timetable.problem import Plan
from throughcare.timetable.search.bound import quick_bound
from throughcare.timetable.search.bounder import prove
from throughcare.timetable.search.mend import week_of
from throughcare.timetable.search.part_of_week import PartOfWeek
from throughcare.timetable.search.price import week_cost
from throughcare.timetable.search.rows import UNIT
from throughcare.timetable.search.tables import Tables
from throughcare.timetable.sites import solve_sites
from throughcare.timetable.solve import solve


def judged(problem, plan):
    """The cost of a plan by the judge, who finds nothing broken."""
    checked = check(problem, plan)
    assert checked.broken == ()
    return checked.cost.total


@pytest.mark.parametrize("per_hour", [1, 2, 4])
def test_the_first_plan_keeps_every_rule(per_hour):
    problem = small_clinic(3, per_hour)
    plan = first_plan(problem, 1)
    assert plan.attend
    assert judged(problem, plan) < judged(problem, Plan())


@needs_shared
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_first_plan_of_a_generated_clinic_keeps_every_rule(seed):
    problem = read_problem(generated_site(30 + 45 * seed, seed))
    assert judged(problem, first_plan(problem, seed)) < 0.5 * judged(problem, Plan())


@needs_shared
@pytest.mark.parametrize("seed", range(4))
def test_whatever_of_a_broken_plan_is_kept_is_allowed(seed):
    site = generated_site(24, seed)
    problem = read_problem(site)
    week = week_of(Tables(problem), read_plan(any_plan(site, seed)))
    assert judged(problem, week.plan()) == pytest.approx(week_cost(week) / UNIT)


@pytest.mark.parametrize(
    "problem", [small_clinic(1), small_clinic(1, 2), clinic_week(), clinic_week(published=True)]
)
def test_the_same_rounds_give_the_same_plan_and_its_cost_is_the_judges(problem):
    solved = solve(problem, rounds=10, seed=4)
    again = solve(problem, rounds=10, seed=4)
    assert (again.plan, again.cost) == (solved.plan, solved.cost)
    assert judged(problem, solved.plan) == pytest.approx(solved.cost)
    assert solved.bound <= solved.cost
    assert solved.rounds == 10


def test_a_series_is_attended_whole_and_a_closed_group_by_its_own():
    problem = clinic_week()
    plan = improve_part(problem, Plan(), people=tuple(problem.people), seconds=2)
    judged(problem, plan)
    series = [key for key, slot in problem.slots.items() if slot.series]
    attending = {person for person, keys in plan.attend.items() if keys & set(series)}
    assert attending
    assert attending <= set("abcd")


def test_names_of_people_change_nothing():
    problem = small_clinic(2)
    new = {person: f"x{97 - place}" for place, person in enumerate(problem.people)}
    renamed = replace(
        problem,
        people={new[p]: replace(person, id=new[p]) for p, person in problem.people.items()},
        apart=frozenset((new[a], new[b]) for a, b in problem.apart),
        never_with=frozenset((new[p], staff) for p, staff in problem.never_with),
    )
    assert solve(renamed, rounds=15, seed=1).cost == solve(problem, rounds=15, seed=1).cost


def test_what_is_published_is_kept_as_it_is():
    problem = clinic_week()
    everyone = tuple(problem.people)
    best = improve_part(problem, Plan(), people=everyone, seconds=3)
    published = replace(problem, previous=best)
    assert week_of(Tables(published), best).plan() == best
    checked = check(published, improve_part(published, best, people=everyone, seconds=1))
    assert checked.cost.total <= judged(published, best)
    assert solve(published, rounds=0).plan == best


def test_one_seat_more_makes_no_week_worse():
    problem = _few(clinic_week(), "abc")
    roomier = replace(
        problem, slots={key: replace(slot, most=slot.most + 1) for key, slot in problem.slots.items()}
    )
    costs = [
        judged(week, improve_part(week, Plan(), people=tuple(week.people), seconds=20))
        for week in (problem, roomier)
    ]
    assert costs[1] <= costs[0]


def test_no_week_costs_less_than_the_bound():
    problem = _few(clinic_week(), "abcd")
    best = judged(problem, improve_part(problem, Plan(), people=tuple(problem.people), seconds=5))
    assert 0 < quick_bound(Tables(problem)) <= best


@pytest.mark.parametrize("engine", ["GLOP", "SCIP"])
def test_no_week_costs_less_than_a_proof_says(engine):
    problem = _few(small_clinic(1), {"p06", "p07", "p08", "p09"})
    tables = Tables(problem)
    plan = improve_part(problem, Plan(), people=tuple(problem.people), seconds=2)
    week = week_of(tables, plan)
    part = PartOfWeek(week, range(4), range(problem.days), other_leaders=True, every_copy=True)
    assert part.model.hinted()
    bound = prove(part.model, engine, 20)
    assert bound is not None
    constant = week_cost(week) - part.model.hinted_cost()
    assert 0 < (constant + bound) / UNIT <= judged(problem, plan)


def test_solving_stops_when_it_is_told_to():
    heard = []
    solved = solve(small_clinic(5), seconds=120, on_progress=heard.append, stop=lambda: len(heard) > 1)
    assert solved.seconds < 60
    assert judged(small_clinic(5), solved.plan) == pytest.approx(solved.cost)
    assert heard[-1].cost >= solved.cost


def test_solving_needs_one_limit():
    with pytest.raises(ValueError, match="either seconds or rounds"):
        solve(small_clinic(5))


def test_each_site_gets_its_week():
    problems = [small_clinic(6), small_clinic(7), clinic_week()]
    found = solve_sites(problems, seconds=4)
    for problem, solved in zip(problems, found, strict=True):
        assert judged(problem, solved.plan) == pytest.approx(solved.cost)


def _few(problem, names):
    """The same clinic with only these people."""
    people = {name: person for name, person in problem.people.items() if name in names}
    return replace(problem, people=people, apart=frozenset(), never_with=frozenset())
