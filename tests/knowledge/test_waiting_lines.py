"""Lines: until when a seat is held, how a place is said, and when a group is no group any more."""

from datetime import UTC, datetime, timedelta

import pytest

from throughcare.knowledge.waiting_lines import answer_by, check_company, say_place

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("starts_in", "held_for"), [(24, 4), (5, 4), (3, 2), (1.5, 0.5), (1, None), (0.5, None), (-1, None)]
)
def test_a_seat_is_held_for_hours_and_never_into_the_last_hour(starts_in, held_for):
    until = answer_by(NOON, NOON + starts_in * HOUR)
    assert until == (None if held_for is None else NOON + held_for * HOUR)


def test_a_program_sets_both_itself():
    own = {"line.answer_hours": 1.0, "line.closes_minutes": 0}
    assert answer_by(NOON, NOON + 0.5 * HOUR, own=own) == NOON + 0.5 * HOUR
    assert answer_by(NOON, NOON + 9 * HOUR, own=own) == NOON + HOUR


def test_a_place_in_line_is_said_plainly():
    assert say_place(1) == "You are first in line."
    assert say_place(2) == "1 person is before you in line."
    assert say_place(9) == "8 people are before you in line."


@pytest.mark.parametrize(("left", "allowed"), [(0, True), (1, False), (2, True), (11, True)])
def test_a_group_of_one_is_no_group_and_an_empty_one_is_nobodys_trouble(left, allowed):
    assert bool(check_company("Skills", left=left, least=2)) is allowed
