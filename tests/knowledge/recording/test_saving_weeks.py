"""Weeks that fall short: what counts as a miss, what may make up for it, and the fewest sessions that save a week."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.knowledge.hours import HourEntry, week_ledger
from throughcare.knowledge.recording.saving_weeks import (
    SavingSession,
    is_missed,
    minutes_short,
    sessions_that_save,
    suits_plan,
)

MONDAY = date(2026, 3, 2)
MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)


def session(key, hour, minutes, *, planned=True):
    starts_at = MIDNIGHT + timedelta(hours=hour)
    return SavingSession(key, starts_at, starts_at + timedelta(minutes=minutes), minutes, planned)


def keys(found):
    return [one.key for one in found]


@pytest.mark.parametrize(
    ("status", "minutes", "missed"),
    [
        ("present", 60, False),
        ("late", 50, False),
        ("late", 45, True),
        ("left_early", 46, False),
        ("late_and_left_early", 30, True),
        ("no_show", 0, True),
        ("excused", 0, True),
        ("cancelled_by_program", 0, False),
    ],
)
def test_whoever_stays_away_or_misses_the_setting_or_more_has_missed_it(status, minutes, missed):
    assert is_missed(status, minutes=minutes, treatment_minutes=60, least=15) is missed


def test_a_person_takes_what_their_plan_has_or_what_they_missed_and_anything_without_a_plan():
    assert suits_plan("cbt", planned={"cbt", "process"})
    assert not suits_plan("yoga", planned={"cbt"})
    assert suits_plan("yoga", planned={"cbt"}, missed={"yoga"})
    assert suits_plan("yoga", planned=())


@pytest.mark.parametrize(("prescribed", "least", "short"), [(9, 9, 180), (12, 9, 180), (6, 9, 0), (0, 9, 0)])
def test_a_week_is_short_of_the_least_hours_or_of_its_own_smaller_plan(prescribed, least, short):
    entries = [HourEntry(MONDAY, "process", 180, 180, "present"), HourEntry(MONDAY, "process", 180)]
    week = week_ledger(entries, begins=MONDAY, prescribed_hours=prescribed, minimum_hours=least)
    assert minutes_short(week) == short


def test_one_session_is_better_than_two_and_the_plans_type_better_than_another():
    choices = [
        session("a", 9, 90),
        session("b", 11, 90),
        session("c", 30, 180),
        session("d", 40, 180, planned=False),
    ]
    assert keys(sessions_that_save(choices, missing=180)) == ["c"]
    assert keys(sessions_that_save(choices[3:], missing=180)) == ["d"]


def test_two_that_overlap_are_never_taken_together():
    choices = [session("a", 9, 90), session("b", 10, 90), session("c", 30, 90)]
    assert keys(sessions_that_save(choices, missing=180)) == ["a", "c"]


def test_where_nothing_saves_the_week_what_brings_most_is_said():
    assert keys(sessions_that_save([session("a", 9, 60), session("b", 11, 60)], missing=600)) == ["a", "b"]
    assert sessions_that_save([], missing=60) == ()
    assert sessions_that_save([session("a", 9, 60)], missing=0) == ()


@given(
    st.lists(st.tuples(st.integers(8, 60), st.sampled_from([60, 90, 120, 180])), max_size=7),
    st.sampled_from([60, 180, 300, 500]),
)
def test_no_smaller_mix_would_do(rows, missing):
    choices = [session(number, *row) for number, row in enumerate(rows)]
    found = sessions_that_save(choices, missing=missing)
    brings = sum(one.minutes for one in found)
    for count in range(1, 4):
        for mix in combinations(choices, count):
            overlaps = any(
                one.starts_at < other.ends_at and other.starts_at < one.ends_at
                for one, other in combinations(mix, 2)
            )
            total = sum(one.minutes for one in mix)
            if not overlaps and total >= missing:
                assert brings >= missing and len(found) <= count
            if not overlaps:
                assert brings >= min(total, missing)
