"""What is different between two weeks, in sentences."""

from dataclasses import replace

from tests.timetable.small_clinic import published
from throughcare.timetable.differences import differences, people_of
from throughcare.timetable.problem import Plan, SlotKey

PROCESS = SlotKey("process", "mix", 0, 2, 0)
LATER = SlotKey("process", "mix", 1, 2, 0)
ART = SlotKey("art", "mix", 0, 5, 0)


def said(before, after):
    return [one.because for one in differences(published(), before, after)]


def a_plan(groups, attend, ones=None):
    return Plan(groups, {who: frozenset(held) for who, held in attend.items()}, {"p00": ones or {}})


def test_two_weeks_that_are_the_same_differ_in_nothing():
    problem = published()
    assert differences(problem, problem.previous, problem.previous) == ()


def test_a_session_that_becomes_another_of_its_type_is_said_as_one_change():
    before = a_plan({PROCESS: "s0"}, {"p00": [PROCESS]}, {"ind": (0, 3)})
    after = a_plan({LATER: "s0"}, {"p00": [LATER, ART]}, {"ind": (1, 3)})
    assert said(before, after) == [
        "process on Monday 11:00 no longer meets.",
        "process on Tuesday 11:00 is new; Ana leads it.",
        "p00: process on Monday 11:00 becomes process on Tuesday 11:00, art on Monday 14:00 is new "
        "and one-to-one (ind) moves from Monday 12:00 to Tuesday 12:00.",
    ]
    assert people_of(differences(published(), before, after)) == ("p00",)


def test_who_comes_who_leaves_and_who_leads_instead():
    before = a_plan({PROCESS: "s0"}, {"gone": [PROCESS]})
    after = a_plan({PROCESS: "s1"}, {"p01": [PROCESS]})
    assert said(before, after) == [
        "Ben leads process on Monday 11:00 in place of Ana.",
        "gone no longer comes.",
        "p01 comes: process on Monday 11:00 is new.",
    ]
    assert people_of(differences(published(), before, after)) == ()


def test_what_ends_is_said():
    before = a_plan({PROCESS: "s0"}, {"p00": [PROCESS], "p01": [PROCESS]}, {"ind": (0, 3)})
    after = a_plan({PROCESS: "s0"}, {"p00": [], "p01": [PROCESS]})
    assert said(before, after) == [
        "process on Monday 11:00 goes on with 1 person; groups like it need 3.",
        "p00: process on Monday 11:00 ends and one-to-one (ind) on Monday 12:00 ends.",
    ]


def test_nobody_is_named_who_keeps_their_week():
    problem = published()
    person = min(problem.previous.attend)
    after = replace(problem.previous, attend={**problem.previous.attend, person: frozenset()})
    assert {one.people for one in differences(problem, problem.previous, after) if one.people} == {(person,)}
