"""The engine at work on a clinic's own week, as the worker's process calls it."""

from dataclasses import replace

import pytest

from tests.cast import MORNING
from tests.pathway.timetable.a_small_week import MONDAY_CBT, TUESDAY_CBT, a_small_week
from tests.pathway.timetable.planned_week import NEXT, planned_week
from throughcare.pathway.timetable.asking.solving import with_one_leader, work_on
from throughcare.pathway.timetable.asking.whole_week import ask_for_week
from throughcare.pathway.timetable.runs.problem_at_rest import problem_from_json, problem_to_json
from throughcare.pathway.timetable.runs.turns import open_job, take_runs
from throughcare.timetable.problem import Plan

pytestmark = pytest.mark.django_db


def test_a_clinics_week_is_solved_clean_and_says_how_it_goes(cast):
    week = planned_week(cast)
    ask_for_week(cast.site, monday=NEXT, seconds=3, by=cast.director, at=MORNING)
    (turn,) = take_runs(1, at=MORNING)
    told = []
    outcome = work_on(open_job(turn), on_progress=told.append, stop=lambda: False)
    assert (outcome.best.broken, outcome.best.unmet_hours, outcome.best.below) == (0, 0, 0)
    assert str(week.people["Cy"].patient) in outcome.best.plan.attend
    assert told and all(one.plan is not None for one in told)


def test_it_stops_when_it_is_told_to(cast):
    planned_week(cast)
    ask_for_week(cast.site, monday=NEXT, seconds=60, by=cast.director, at=MORNING)
    (turn,) = take_runs(1, at=MORNING)
    outcome = work_on(open_job(turn), on_progress=lambda _: None, stop=lambda: True)
    assert outcome.best is not None and outcome.steps[-1].seconds < 30


def test_a_problem_is_kept_without_losing_anything(cast):
    problem = planned_week(cast).picture().problem
    kept = problem_from_json(problem_to_json(problem))
    assert kept == problem
    assert replace(kept, previous=None) != problem


def test_a_group_with_several_meetings_is_led_by_one_person_where_that_breaks_nothing():
    keys = (MONDAY_CBT, TUESDAY_CBT)
    problem = a_small_week()
    felix = problem.staff["felix"]
    busy = replace(felix, id="carla", free=(felix.free[0], frozenset()))
    slots = {key: replace(problem.slots[key], series="evenings") for key in keys}
    both = replace(problem, slots=slots, staff={"felix": felix, "carla": busy})
    mixed = Plan({MONDAY_CBT: "carla", TUESDAY_CBT: "felix"}, {"ana": frozenset(keys)}, {})
    assert set(with_one_leader(both, mixed).groups.values()) == {"felix"}
    neither = replace(both, staff={"carla": busy, "felix": replace(felix, free=(frozenset(), felix.free[1]))})
    assert with_one_leader(neither, mixed) == mixed
