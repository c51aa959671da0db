"""Attendance at the door: what one tap means."""

import pytest

from throughcare.knowledge.attendance import check_attendance
from throughcare.knowledge.recording.attendance_taps import TAPS, USUAL_MINUTES, Came, read_tap, status_of


def tap(code, *, since=12, to_end=168, treatment=165, standing=None):
    return read_tap(
        code, standing=standing, minutes_since_start=since, minutes_to_end=to_end, treatment_minutes=treatment
    )


def test_late_takes_its_minutes_from_the_clock():
    assert tap("late", since=12) == Came("late", late_minutes=12)


def test_left_early_takes_what_is_left_of_the_session():
    assert tap("left_early", since=140, to_end=40) == Came("left_early", left_early_minutes=40)


def test_after_the_session_the_usual_minutes_are_suggested():
    assert tap("late", since=500, to_end=-320).late_minutes == USUAL_MINUTES
    assert tap("left_early", since=500, to_end=-320).left_early_minutes == USUAL_MINUTES


def test_who_came_late_and_leaves_early_is_both():
    standing = Came("late", late_minutes=20)
    assert tap("left_early", since=150, to_end=30, standing=standing) == Came("late_and_left_early", 20, 30)


def test_the_same_tap_again_changes_nothing():
    standing = Came("late", late_minutes=7)
    assert tap("late", since=50, standing=standing) == standing


def test_another_tap_forgets_the_minutes():
    assert tap("present", standing=Came("late", 7)) == Came("present")
    assert tap("no_show", standing=Came("left_early", 0, 7)) == Came("no_show")


@pytest.mark.parametrize("code", TAPS)
@pytest.mark.parametrize("since", [-30, 0, 1, 29, 59, 60, 10_000])
@pytest.mark.parametrize("standing", [None, Came("late", 59), Came("left_early", 0, 59), Came("excused")])
def test_no_tap_ever_suggests_an_attendance_that_is_refused(code, since, standing):
    came = tap(code, since=since, to_end=60 - since, treatment=60, standing=standing)
    assert check_attendance(
        came.status,
        scheduled_minutes=60,
        late_minutes=came.late_minutes,
        left_early_minutes=came.left_early_minutes,
    )


def test_minutes_decide_the_status():
    assert [status_of(*minutes) for minutes in ((0, 0), (1, 0), (0, 1), (1, 1))] == [
        "present",
        "late",
        "left_early",
        "late_and_left_early",
    ]
