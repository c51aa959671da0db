"""Problems and plans as JSON: whatever is wrong is said with its place; what is right comes back the same."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timetable.brute_force import tiny_week
from tests.timetable.clinics import any_plan, generated_site, needs_shared, shared_sites
from tests.timetable.hand_week import DBT, PSY, clinic, having, person, week, with_slot
from throughcare.timetable.check import check
from throughcare.timetable.contradictions import find_contradictions
from throughcare.timetable.explain import explain
from throughcare.timetable.interchange import (
    ProblemError,
    read_plan,
    read_plans,
    read_problem,
    read_problems,
    write_plan,
    write_problem,
)
from throughcare.timetable.problem import OneToOne, Plan

ODD = [
    None,
    True,
    -1,
    3,
    99,
    0.5,
    10**400,
    float("nan"),
    float("inf"),
    "",
    "x",
    "0AM",
    [],
    {},
    [[]],
    [0, 0],
    {"a": 1},
]


def site():
    """A small clinic as the interchange format writes it."""
    return json.loads(json.dumps(write_problem(clinic(people={"ana": person("ana"), "ben": person("ben")}))))


def places(value, path=()):
    """Every path into a JSON value."""
    found = [path] if path else []
    for name, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        found += places(inner, (*path, name))
    return found


def put(value, path, other, *, drop=False):
    """The value with another one at a path, or without it."""
    changed = deepcopy(value)
    inner = changed
    for name in path[:-1]:
        inner = inner[name]
    if drop:
        del inner[path[-1]]
    else:
        inner[path[-1]] = other
    return changed


def must_be_read_or_refused(given_site):
    """A problem that is read is looked through and judged without failing; any other is a ProblemError with words."""
    try:
        problem = read_problem(given_site, "sites[0]")
    except ProblemError as error:
        assert error.where.startswith("sites[0]")
        assert error.why and "\n" not in error.why
        return
    find_contradictions(problem, "sites[0]")
    check(problem, Plan())
    for name in list(problem.people)[:1]:
        explain(problem, Plan(), name, seconds=0.01)
    assert read_problem(write_problem(problem)) == problem


@settings(max_examples=200)
@given(data=st.data())
def test_whatever_stands_anywhere_is_read_or_refused_with_its_place(data):
    whole = site()
    path = data.draw(st.sampled_from(places(whole)))
    if data.draw(st.booleans()):
        must_be_read_or_refused(put(whole, path, None, drop=True))
    else:
        must_be_read_or_refused(put(whole, path, data.draw(st.sampled_from(ODD))))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING)
def test_any_json_at_all_is_refused_as_a_problem(anything):
    with pytest.raises(ProblemError):
        read_problems(anything)


@given(ANYTHING, st.sampled_from(["groups", "attend", "one"]))
def test_any_json_in_a_plan_is_read_or_refused(anything, name):
    plan = {"groups": [], "attend": {}, "one": {}, name: anything}
    try:
        found = read_plan(plan)
    except ProblemError as error:
        assert error.where.startswith(name)
    else:
        check(clinic(), found)


@given(data=st.data())
def test_a_plan_changed_anywhere_is_read_or_refused(data):
    whole = json.loads(json.dumps(write_plan(week())))
    path = data.draw(st.sampled_from(places(whole)))
    try:
        found = read_plan(put(whole, path, data.draw(st.sampled_from(ODD))))
    except ProblemError as error:
        assert error.where
    else:
        check(clinic(), found)


@pytest.mark.parametrize(
    ("path", "other", "where", "why"),
    [
        (("patients", 1, "avail", 2, 0), 11, "patients[1].avail[2][0]", "a whole number from 0 to 5"),
        (("patients", 1, "avail"), [[]], "patients[1].avail", "a list of 3 is expected, found 1"),
        (("patients", 0, "avail", 2), "x", "patients[0].avail[2]", "a list is expected, found text"),
        (("patients", 0, "hours"), float("nan"), "patients[0].hours", "a number from 0 to 168"),
        (("patients", 0, "hours"), None, "patients[0].hours", "a number is expected, found null"),
        (("patients", 0, "id"), "ben", "patients[1].id", "'ben' is listed twice"),
        (("patients", 0, "req", "DBX"), 1, "patients[0].req.DBX", "'DBX' is not a type of this site"),
        (
            ("patients", 0, "variants", "DBT", 0, 0),
            "men",
            "patients[0].variants.DBT[0][0]",
            "'men' is not a variant",
        ),
        (
            ("patients", 0, "one", 0, "staff"),
            "zed",
            "patients[0].one[0].staff",
            "'zed' is not one of the staff",
        ),
        (("patients", 0, "pref", "9AM"), 1, "patients[0].pref.'9AM'", "such as 0AM"),
        (("staff", 0, "skills", 0), "none", "staff[0].skills[0]", "'none' is not a type of this site"),
        (("staff", 1, "id"), "tom", "staff[1].id", "'tom' is listed twice"),
        (("rooms", 0, "cap"), "many", "rooms[0].cap", "a whole number is expected, found text"),
        (("slots", 0, "slot", 3), 5, "slots[0].slot[3]", "DBT would end after the last period"),
        (("slots", 0, "closed_to"), ["zoe"], "slots[0].closed_to[0]", "'zoe' is not a patient"),
        (("flex_types", 0), "none", "flex_types[0]", "'none' is not a type"),
        (("blocks", "AM"), [0, 2], "blocks.AM", "periods that follow each other"),
        (("apart",), [["ana"]], "apart[0]", "a list of 2 is expected"),
        (("coi",), [["ana", "ben"]], "coi[0][1]", "'ben' is not one of the staff"),
        (("weights", "unmet"), -1, "weights.unmet", "a number from 0"),
        (("format",), "iop-week/9", "format", "'iop-week/1' is expected"),
        (("days",), True, "days", "a whole number is expected, found true or false"),
        (("prev",), {"groups": 3}, "prev.groups", "a list is expected"),
    ],
)
def test_mistakes_are_named(path, other, where, why):
    with pytest.raises(ProblemError) as raised:
        read_problem(put(site(), path, other))
    assert raised.value.where == where
    assert why in raised.value.why


def test_each_key_that_must_be_there_is_missed():
    whole = site()
    for name in ("site", "days", "blocks", "types", "staff", "rooms", "patients", "apart", "weights"):
        with pytest.raises(ProblemError, match=f"^sites\\[0\\].{name}: the key is missing$"):
            read_problem(put(whole, (name,), None, drop=True), "sites[0]")


def test_a_group_listed_twice_is_refused():
    plan = write_plan(week())
    for changed, where in (
        ({**plan, "groups": plan["groups"] * 2}, "groups[2].slot"),
        ({**plan, "attend": {"ana": [list(DBT), list(DBT)]}}, "attend.ana[1]"),
    ):
        with pytest.raises(ProblemError) as raised:
            read_plan(changed)
        assert raised.value.where == where


def test_a_published_week_may_name_people_and_staff_who_left_and_no_unknown_type():
    whole = site()
    left = {"groups": [{"slot": list(DBT), "fac": "gone"}], "attend": {"gone": [list(DBT)]}, "one": {}}
    assert read_problem({**whole, "prev": left}).previous.groups == {DBT: "gone"}
    left["attend"]["ana"] = [["none", "mix", 0, 0, 0]]
    with pytest.raises(ProblemError) as raised:
        read_problem({**whole, "prev": left})
    assert raised.value.where == "prev.attend.ana[0][0]"


@pytest.mark.parametrize("fine", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_a_problem_comes_back_as_it_was(seed, fine):
    problem = replace(tiny_week(seed, fine=fine), previous=Plan({}, {"p0": frozenset()}, {}))
    again = read_problem(json.loads(json.dumps(write_problem(problem))))
    assert replace(again, names={}) == problem


@needs_shared
def test_shared_problems_come_back_as_they_were():
    for whole in (*shared_sites("n60"), generated_site(125, 9)):
        problem = read_problem(whole)
        assert read_problem(json.loads(json.dumps(write_problem(problem)))) == problem
        plan = read_plan(any_plan(whole, 1))
        assert read_plans([json.loads(json.dumps(write_plan(plan)))]) == (plan,)


@needs_shared
@pytest.mark.parametrize("name", ["n20", "n60", "n200", "n1000"])
def test_shared_problems_contradict_nothing(name):
    for problem in read_problems(shared_sites(name)):
        assert find_contradictions(problem) == ()


@needs_shared
@settings(max_examples=15)
@given(people=st.integers(2, 60) | st.just(130), seed=st.integers(0, 10**6))
def test_generated_problems_contradict_nothing(people, seed):
    assert find_contradictions(read_problem(generated_site(people, seed))) == ()


def visit(kind, *starts, long=1, name="una"):
    return OneToOne(kind, name, long, 1, frozenset(starts) or None)


TWO = {"required": {"DBT": 1}, "flexible_hours": 0}
BESIDE = having(
    clinic(),
    "ben",
    ones=(visit("ind", (0, 1)), visit("fam", (0, 1)), visit("rx", (0, 1), (0, 2))),
    **TWO,
    hours=5,
)
CLOSED = with_slot(clinic(), DBT, closed_to=frozenset({"ben"}))

CONTRADICTIONS = [
    (
        clinic(blocks={"AM": (0,), "PM": (1,)}),
        "types.DBT.dur",
        "DBT lasts 2 hours; the longest block of a day has 1 hour.",
    ),
    (
        clinic(staff={name: replace(one, skills=frozenset({"PSY"})) for name, one in clinic().staff.items()}),
        "patients[0].req.DBT",
        "ana must have DBT, and no therapist has that skill.",
    ),
    (clinic(rooms=()), "patients[0].req.DBT", "ana must have DBT, and there is no group room here."),
    (
        clinic(slots={PSY: clinic().slots[PSY]}),
        "patients[0].req.DBT",
        "there is no time at which it may meet",
    ),
    (having(clinic(), "ben", variants={"DBT": {}}), "patients[1].req.DBT", "no variant of it is allowed"),
    (
        having(clinic(), "ben", hours=9),
        "patients[1].hours",
        "(2), flexible hours (1) and one-to-ones (1) make 4.",
    ),
    (
        having(clinic(), "ben", least_hours=5),
        "patients[1].min_hours",
        "ben is prescribed 4 hours, yet must have at least 5.",
    ),
    (having(clinic(), "ben", required={"DBT": 4}, hours=10), "patients[1].req.DBT", "the week has 3 days"),
    (clinic(apart=frozenset({("ben", "ben")})), "apart", "ben can't be kept apart from themselves."),
    (clinic(never_with=frozenset({("ben", "pia")})), "patients[1].one[0].staff", "whom they must not meet"),
    (
        having(clinic(), "ben", ones=(visit("rx", long=5),)),
        "patients[1].one[0].periods_long",
        "lasts 5 hours",
    ),
    (BESIDE, "patients[1].one[1].periods", "the individual one-to-one on Monday 10:00 and the family"),
    (
        having(CLOSED, "ben", ones=(visit("ind", (0, 1)),)),
        "patients[1].req.DBT",
        "and DBT on Monday 09:00 have no times",
    ),
    (
        with_slot(with_slot(clinic(), PSY, series="s"), DBT._replace(type="PSY", start=4), series="s"),
        "slots[3].series",
        "meets twice on one day",
    ),
    (
        with_slot(CLOSED, DBT, fewest=4),
        "slots[0].min_size",
        "DBT on Monday 09:00 needs 4 people and takes 3.",
    ),
]


@pytest.mark.parametrize(("problem", "where", "because"), CONTRADICTIONS)
def test_a_contradiction_is_found_with_where_and_why(problem, where, because):
    problem = replace(problem, names={"ind": "individual", "fam": "family"})
    found = find_contradictions(problem, "sites[2]")
    assert any(one.where == f"sites[2].{where}" and because in one.because for one in found), found


def test_a_small_clinic_contradicts_nothing():
    assert find_contradictions(clinic()) == ()
