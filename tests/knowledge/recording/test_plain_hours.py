"""A week of hours in plain words: the evening parent (domain.md §11.1) reads her own."""

from datetime import date, timedelta

import pytest

from throughcare.knowledge.hours import HourEntry, week_ledger
from throughcare.knowledge.recording.hour_reasons import Line
from throughcare.knowledge.recording.plain_hours import plain_sum, plain_week, plain_why

MONDAY = date(2026, 3, 2)


def entry(n=0, status=None, minutes=0, **more):
    return HourEntry(MONDAY + timedelta(days=n), "process", 180, minutes, status, **more)


def week(*entries, prescribed=9):
    return week_ledger(entries, begins=MONDAY, prescribed_hours=prescribed, minimum_hours=9)


def test_a_week_under_way_says_what_was_had_what_comes_and_what_is_missing():
    said = plain_week(week(entry(0, "present", 180), entry(2, "no_show"), entry(4)), is_under_way=True)
    assert said == (
        "You have had 3 of your 9 hours this week.",
        "3 hours are still to come.",
        "You missed 3 hours.",
        "3 hours are missing for a whole week.",
    )


def test_one_more_session_says_what_the_week_comes_to():
    short = week(entry(0, "present", 180), entry(2, "no_show"), entry(4))
    assert plain_sum(short, minutes=90) == "With it the week comes to 7.5 of 9 hours."
    assert plain_sum(short, minutes=180) == "With it your week is whole: 9 of 9 hours."
    assert plain_sum(week(prescribed=0), minutes=60) == "With it the week comes to 1 hour."


def test_a_saved_week_says_so():
    entries = (entry(0, "present", 180), entry(1, "excused"), entry(2, "present", 180))
    made_up = entry(5, "present", 180, is_make_up=True)
    said = plain_week(week(*entries, made_up), is_under_way=True)
    assert "3 hours of them made up for what you missed." in said
    assert said[-1] == "That is all of it."


def test_excused_is_not_held_against_anyone_and_does_not_count():
    said = plain_week(week(entry(0, "excused")), is_under_way=False)
    assert "You were excused from 3 hours. They are not held against you, and don't count." in said
    assert said[-1] == "9 hours were missing."


def test_what_we_did_not_write_down_or_canceled_is_ours_to_say():
    said = plain_week(week(entry(0, is_over=True), entry(1, "cancelled_by_program")), is_under_way=True)
    assert "For 3 hours we have not written down yet whether you came." in said
    assert "We canceled 3 hours." in said


def test_an_empty_week_and_one_without_a_plan():
    assert plain_week(week(prescribed=0), is_under_way=True) == ("Nothing is planned for you in this week.",)
    assert plain_week(week(entry(0, "present", 180), prescribed=0), is_under_way=True) == (
        "You have had 3 hours this week.",
    )


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (entry(0, "present", 180), "You came: 180 minutes count."),
        (entry(0, "late", 160), "You came and missed 20 minutes: 160 count."),
        (
            entry(0, "present", 180, is_make_up=True),
            "You came: 180 minutes count. It makes up for what you missed.",
        ),
        (entry(0, "excused"), "You were excused. It is not held against you, and does not count."),
        (entry(0, "no_show"), "You were not there, so it does not count."),
        (entry(0, "cancelled_by_program"), "We canceled it. It is not held against you."),
        (entry(0), "Still to come."),
        (entry(0, is_over=True), "We have not written down yet whether you came."),
    ],
)
def test_each_session_says_why_it_counts(one, words):
    assert plain_why(Line(one, elapsed_minutes=180, break_minutes=0)) == words


def test_breaks_and_what_is_no_treatment_are_said():
    assert plain_why(Line(entry(0, "present", 165), elapsed_minutes=180, break_minutes=15)).endswith(
        "Breaks don't count."
    )
    alumni = HourEntry(MONDAY, "alumni", 60, 60, "present")
    assert plain_why(Line(alumni, elapsed_minutes=60, break_minutes=0)).startswith(
        "This is no treatment hour"
    )
