"""Why someone lacks hours: causes that are minimal, fixes that are real, sentences that people understand."""

import time
from dataclasses import replace
from itertools import islice

import pytest

from tests.timetable.brute_force import every_plan, own_weeks, tiny_week
from tests.timetable.clinics import needs_shared, shared_sites
from tests.timetable.hand_week import (
    ALWAYS,
    DBT,
    PSY,
    PSY_TUESDAY,
    clinic,
    having,
    person,
    week,
    with_slot,
)
from throughcare.timetable.check import check
from throughcare.timetable.constraints import Reading
from throughcare.timetable.explain import explain
from throughcare.timetable.explain.causes import every_limit
from throughcare.timetable.explain.changes import given
from throughcare.timetable.explain.pieces import offered_to
from throughcare.timetable.explain.search import Found, Search
from throughcare.timetable.interchange import read_problem
from throughcare.timetable.part import improve_part
from throughcare.timetable.problem import Plan

SEEDS = [(seed, fine) for fine in (False, True) for seed in (0, 3, 13, 15, 23, 28, 47)]


def plans_of(problem, often=3):
    """Some plans of a tiny week that break no rule, far from one another."""
    return [plan for plan, _ in islice(every_plan(problem), 0, 60, 60 // often)]


def lacking(problem, plan):
    tallies = Reading(problem, plan).tallies
    return [person for person in problem.people if tallies[person].unmet > 0]


def slow_answer(problem, plan, person):
    """Whether any week gives this person every hour while everyone else keeps theirs: all of them are tried."""
    for slots, ones in own_weeks(problem, problem.people[person]):
        if slots <= plan.groups.keys():
            other = Plan(plan.groups, {**plan.attend, person: slots}, {**plan.ones, person: ones})
            alive = frozenset().union(*other.attend.values())
            other = replace(other, groups={key: staff for key, staff in other.groups.items() if key in alive})
            if check(problem, other).is_clean and Reading(problem, other).tallies[person].unmet == 0:
                return True
    return False


@pytest.mark.parametrize(("seed", "fine"), SEEDS)
def test_one_person_s_week_is_solved_as_brute_force_does(seed, fine):
    problem = tiny_week(seed, fine=fine)
    for plan in plans_of(problem):
        for name in problem.people:
            found = Search(offered_to(problem, plan, name)).find(cheap=True)
            assert (found is not None) == slow_answer(problem, plan, name)
            if found is not None:
                other = given(plan, name, found)
                assert check(problem, other).broken == ()
                assert Reading(problem, other).tallies[name].unmet == 0


def assert_minimal(problem, plan, explanation):
    """Together the causes make it impossible though nothing else is in the way; without any one it is possible."""
    search = Search(offered_to(problem, plan, explanation.person))
    causes = frozenset().union(*(cause.limits for cause in explanation.causes))
    others = every_limit(search) - causes
    assert search.find(others) is None
    for cause in explanation.causes:
        assert search.find(others | cause.limits) is not None, cause
    for limit in causes:
        assert search.find(others | {limit}) is not None, limit


def assert_fixed(problem, plan, explanation):
    """Each fix is a clean plan in which this person has every hour and nobody has fewer than before."""
    before = Reading(problem, plan).tallies
    for fix in explanation.fixes:
        checked = check(fix.problem, fix.plan)
        assert checked.broken == ()
        assert checked.cost.total == fix.cost
        after = Reading(fix.problem, fix.plan).tallies
        assert after[explanation.person].unmet == pytest.approx(0)
        assert all(after[name].unmet <= before[name].unmet + 1e-6 for name in problem.people if name in after)


@pytest.mark.parametrize(("seed", "fine"), SEEDS)
def test_causes_are_minimal_and_fixes_hold_in_tiny_weeks(seed, fine):
    problem = tiny_week(seed, fine=fine)
    for plan in plans_of(problem):
        for name in lacking(problem, plan):
            explanation = explain(problem, plan, name, seconds=20)
            assert explanation.causes or explanation.fixes
            if explanation.causes and explanation.causes[0].code != "prescription":
                assert_minimal(problem, plan, explanation)
            assert_fixed(problem, plan, explanation)


@needs_shared
def test_causes_are_minimal_and_fixes_hold_in_a_clinic_of_twenty():
    problem = read_problem(shared_sites("n20")[0])
    plan = Plan()
    for names in (sorted(problem.people)[start : start + 7] for start in (0, 7, 14)):
        plan = improve_part(problem, plan, people=names, seconds=0.5)
    assert check(problem, plan).is_clean
    explained = [explain(problem, plan, name, seconds=1) for name in lacking(problem, plan)[:4]]
    assert explained
    for explanation in explained:
        assert_minimal(problem, plan, explanation)
        assert_fixed(problem, plan, explanation)
        for said in (*explanation.causes, *explanation.fixes):
            assert said.because[0].isupper() and said.because[-1] == "." and "\n" not in said.because


def test_nobody_who_has_every_hour_is_explained():
    assert explain(clinic(), week(), "ana").causes == ()
    assert explain(clinic(), week(), "ana").missing_hours == 0


def test_a_week_that_fits_as_it_stands_is_found():
    explanation = explain(clinic(), replace(week(), ones={"ben": {"rx": (0, 3)}}), "ana")
    assert explanation.causes == ()
    assert [fix.because for fix in explanation.fixes] == [
        "All 4 hours fit as things stand; only their own week changes."
    ]


def three(**changes):
    """A third person, Cem, who has nothing yet, in a clinic with a week for Ana and Ben."""
    return clinic(people={**clinic().people, "cem": person("cem", ones=(), hours=3)}, **changes)


def said(explanation):
    return {cause.because for cause in explanation.causes}


def test_a_full_group_is_a_cause_and_a_seat_or_another_who_moves_the_fix():
    problem = with_slot(with_slot(three(), DBT, most=2), PSY, most=3)
    explanation = explain(problem, week(), "cem")
    assert any("DBT on Monday 09:00 is full" in words for words in said(explanation))
    assert_minimal(problem, week(), explanation)
    assert "All 3 hours fit if DBT on Monday 09:00 takes 3 people." in [
        fix.because for fix in explanation.fixes
    ]


def test_a_life_too_narrow_is_told_so():
    problem = having(three(), "cem", free=(frozenset({0, 1}), frozenset(), frozenset()))
    explanation = explain(problem, week(), "cem")
    assert explanation.never
    assert explanation.causes[0].because == (
        "Even with every group and one-to-one at any time, 3 hours don't fit: cem can come only on Monday 09:00–11:00."
    )
    assert "All 3 hours fit if cem can come on Monday 11:00–12:00 as well." in [
        fix.because for fix in explanation.fixes
    ]


def test_the_longest_day_is_a_cause():
    problem = having(three(), "cem", longest_day=2)
    explanation = explain(problem, week(), "cem")
    assert "cem can have at most 2 hours a day." in " ".join(said(explanation))
    assert any("up to 3 hours a day" in fix.because for fix in explanation.fixes)


def test_who_is_kept_apart_is_named_by_id_and_not_why():
    problem = three(apart=frozenset({("ana", "cem")}))
    words = " ".join(said(explain(problem, week(), "cem")))
    assert "cem and ana, who is in a group that would suit, are kept apart." in words


def test_a_member_of_staff_without_time_is_a_cause_and_a_colleague_or_an_hour_of_theirs_the_fix():
    staff = {**clinic().staff, "pia": replace(clinic().staff["pia"], free=(frozenset(), *ALWAYS[1:]))}
    staff["pat"] = replace(staff["pia"], id="pat", free=ALWAYS)
    problem = clinic(staff=staff, names={"pia": "Dr. Pia", "pat": "Dr. Pat", "rx": "prescriber"})
    explanation = explain(problem, replace(week(), ones={}), "ana")
    words = " ".join(said(explanation))
    assert "The prescriber one-to-one is with Dr. Pia, who doesn't work on Monday" in words
    fixes = [fix.because for fix in explanation.fixes]
    assert "All 4 hours fit if Dr. Pat holds the prescriber one-to-one." in fixes
    assert any("Dr. Pia works on Monday" in because for because in fixes)


def test_a_group_opens_where_others_can_come_too():
    problem = having(
        three(), "cem", free=(frozenset(), ALWAYS[0], frozenset()), required={}, flexible_hours=1, hours=1
    )
    problem = having(problem, "ben", most_days=2, flexible_hours=2, hours=5, least_hours=0)
    explanation = explain(problem, week(), "cem")
    group = next(fix for fix in explanation.fixes if fix.code == "group")
    assert PSY_TUESDAY in group.plan.groups
    assert_fixed(problem, week(), explanation)


def test_a_series_is_joined_whole_or_not_at_all():
    problem = with_slot(with_slot(three(), PSY, series="s"), PSY_TUESDAY, series="s")
    problem = having(problem, "cem", most_days=2, required={}, flexible_hours=2, hours=2)
    plan = Plan(
        {PSY: "una", PSY_TUESDAY: "una"}, {name: frozenset({PSY, PSY_TUESDAY}) for name in ("ana", "ben")}
    )
    search = Search(offered_to(problem, plan, "cem"))
    assert search.find().slots == {PSY, PSY_TUESDAY}
    assert Search(offered_to(having(problem, "cem", most_days=1), plan, "cem")).find() is None


@needs_shared
def test_a_clinic_of_two_hundred_is_explained_in_time():
    problem = read_problem(shared_sites("n200")[0])
    for name in ("S0p14", "S0p188"):
        began = time.process_time()
        explain(problem, Plan(), name, seconds=1)
        assert time.process_time() - began < 6


def test_found_weeks_say_what_they_hold():
    found = Search(offered_to(clinic(), week(), "ana")).find()
    assert isinstance(found, Found)
    assert found.slots == {DBT, PSY}
    assert found.ones == {"rx": (0, 3)}


def test_an_unknown_person_is_a_key_error():
    with pytest.raises(KeyError):
        explain(clinic(), week(), "zoe")


def test_someone_who_can_moves_so_that_there_is_a_seat():
    later = DBT._replace(day=1)
    problem = with_slot(three(), DBT, most=2)
    slots = {**problem.slots, later: replace(problem.slots[DBT], key=later, ticks=(0, 1), fewest=1)}
    only = {"ones": (), "flexible_hours": 0, "hours": 2, "least_hours": 0}
    problem = having(replace(problem, slots=slots), "ben", **only)
    problem = replace(problem, people={**problem.people, "dan": replace(problem.people["ben"], id="dan")})
    problem = having(problem, "cem", free=(ALWAYS[0], frozenset(), frozenset()), **only)
    attend = {"ana": frozenset({DBT}), "ben": frozenset({DBT}), "dan": frozenset({later})}
    plan = Plan({DBT: "tom", later: "tom"}, attend, {})
    explanation = explain(problem, plan, "cem", seconds=20)
    assert "All 2 hours fit if ana leaves DBT on Monday 09:00 for another week with as many hours." in [
        fix.because for fix in explanation.fixes
    ]
    assert_fixed(problem, plan, explanation)
