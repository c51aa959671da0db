"""Which changes of a person's own times count at once, and what a calendar that others see may say."""

import pytest

from throughcare.knowledge.own_week import (
    REASONS,
    REASONS_SAID,
    TITLES,
    check_title,
    may_add_at_once,
    may_end_at_once,
)


def test_a_new_time_counts_at_once_unless_it_lies_over_sessions():
    assert may_add_at_once(0)
    waits = may_add_at_once(2)
    assert not waits and "team" in waits.because


@pytest.mark.parametrize("kind", ["court", "dosing"])
def test_a_time_that_others_set_ends_with_the_team(kind):
    assert not may_end_at_once(kind)
    assert may_end_at_once("work")


def test_a_calendar_says_nothing_that_gives_a_person_away():
    assert all(check_title(title, names=("Harbor House", "Main Street")) for title in TITLES)
    for title in ("IOP group", "Relapse class", "at harbor house", "THERAPY", "", "x" * 41):
        assert not check_title(title, names=("Harbor House", ""))
    assert check_title("Piano", names=("Harbor House", ""))


def test_staff_read_every_reason():
    assert REASONS.keys() == REASONS_SAID.keys()
