"""The yardstick: half of a clinical first score over the expected stay, fast at first."""

from datetime import date, timedelta

import pytest

from throughcare.knowledge.expected_course import expected_at, expected_course
from throughcare.knowledge.questionnaires.library import find

BEGAN = date(2026, 3, 2)
RATES = {"fall": 0.5, "stay_weeks": 10}


def course(first, latest, weeks=10, code="phq-9"):
    return expected_course(find(code), first, BEGAN, latest, BEGAN + timedelta(weeks=weeks), **RATES)


@pytest.mark.parametrize(("weeks", "expected"), [(0, 20), (1, 17.11), (3, 14.22), (10, 10), (20, 10)])
def test_it_falls_fast_and_then_slower_to_half(weeks, expected):
    assert expected_at(20, weeks, **RATES) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("latest", "standing"),
    [(10, "on_course"), (15, "on_course"), (16, "behind"), (5, "on_course"), (4, "ahead")],
)
def test_behind_and_ahead_begin_at_a_reliable_change(latest, standing):
    assert course(20, latest).standing == standing


def test_only_a_score_that_began_in_the_clinical_range_has_one():
    assert course(9, 9) is None and course(10, 10) is not None
    assert course(20, 10, weeks=0) is None
    assert expected_course(find("brief-resilience"), 2, BEGAN, 3, BEGAN + timedelta(9), **RATES) is None
