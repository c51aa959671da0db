"""Attendance: what counts is the time a person was in treatment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.knowledge.attendance import (
    ALL,
    ROWS,
    AttendanceStatus,
    CannotCountMinutes,
    attended_minutes,
    check_attendance,
)
from throughcare.knowledge.verdict import Refused


@pytest.mark.parametrize(
    ("status", "late", "early", "minutes"),
    [
        ("present", 0, 0, 170),
        ("late", 20, 0, 150),
        ("left_early", 0, 30, 140),
        ("late_and_left_early", 20, 30, 120),
        ("excused", 0, 0, 0),
        ("no_show", 0, 0, 0),
        ("cancelled_by_program", 0, 0, 0),
    ],
)
def test_minutes_are_the_session_less_breaks_and_what_was_missed(
    status: str, late: int, early: int, minutes: int
) -> None:
    found = attended_minutes(
        status, scheduled_minutes=180, break_minutes=10, late_minutes=late, left_early_minutes=early
    )
    assert found == minutes


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_minutes_are_asked_only_of_those_who_came(row: AttendanceStatus) -> None:
    assert row.minutes_count or not (row.asks_late_minutes or row.asks_left_early_minutes)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_minutes_that_are_not_asked_are_refused(row: AttendanceStatus) -> None:
    late = 0 if row.asks_late_minutes else 5
    early = 0 if row.asks_left_early_minutes else 5
    verdict = check_attendance(row.code, scheduled_minutes=60, late_minutes=late, left_early_minutes=early)
    assert isinstance(verdict, Refused)


@pytest.mark.parametrize(("late", "allowed"), [(0, False), (1, True), (49, True), (50, False), (-3, False)])
def test_a_late_person_misses_at_least_a_minute_and_not_the_whole_session(late: int, allowed: bool) -> None:
    verdict = check_attendance("late", scheduled_minutes=60, break_minutes=10, late_minutes=late)
    assert bool(verdict) is allowed


@pytest.mark.parametrize(("scheduled", "pause"), [(0, 0), (60, 60), (60, -1), (-30, 0)])
def test_a_session_without_time_is_refused(scheduled: int, pause: int) -> None:
    assert not check_attendance("present", scheduled_minutes=scheduled, break_minutes=pause)


def test_an_unknown_status_is_refused_with_the_ones_that_exist() -> None:
    verdict = check_attendance("here", scheduled_minutes=60)
    assert isinstance(verdict, Refused)
    assert "no_show" in verdict.because
    with pytest.raises(CannotCountMinutes, match="here"):
        attended_minutes("here", scheduled_minutes=60)


@given(
    status=st.sampled_from(sorted(ALL)),
    scheduled=st.integers(-5, 300),
    pause=st.integers(-5, 60),
    late=st.integers(-5, 300),
    early=st.integers(-5, 300),
)
def test_what_is_allowed_never_counts_more_than_the_session(
    status: str, scheduled: int, pause: int, late: int, early: int
) -> None:
    verdict = check_attendance(
        status,
        scheduled_minutes=scheduled,
        break_minutes=pause,
        late_minutes=late,
        left_early_minutes=early,
    )
    if verdict:
        counted = attended_minutes(
            status,
            scheduled_minutes=scheduled,
            break_minutes=pause,
            late_minutes=late,
            left_early_minutes=early,
        )
        assert 0 <= counted <= scheduled - pause
        assert (counted > 0) == ALL[status].minutes_count
