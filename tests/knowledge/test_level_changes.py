"""What makes a step between levels possible."""

import pytest

from throughcare.knowledge.level_changes import OUTSIDE, check_step, direction
from throughcare.knowledge.levels_of_care import ALL

OFFERED = ("op", "iop", "php")


def test_more_intense_is_up():
    assert direction("iop", "php") == "step_up"
    assert direction("php", "op") == "step_down"
    assert direction("residential-3.5", "iop") == "step_down"


@pytest.mark.parametrize("to", ["op", "php"])
def test_a_step_to_an_offered_level_is_open(to):
    assert check_step("iop", to, offered=OFFERED)


@pytest.mark.parametrize("to", ["iop", "emergency", "moon", ""])
def test_the_same_level_and_unknown_levels_are_refused(to):
    assert not check_step("iop", to, offered=OFFERED)


def test_a_level_elsewhere_asks_whether_the_person_comes_back():
    assert not check_step("iop", "hospital", offered=OFFERED)
    assert check_step("iop", "hospital", offered=OFFERED, comes_back=True)


def test_a_stop_leaves_only_the_way_up():
    stop = "Suicidal intent now."
    refused = check_step("iop", "op", offered=OFFERED, stop=stop)
    assert not refused and stop in refused.because
    assert check_step("iop", "php", offered=OFFERED, stop=stop)


def test_every_level_outside_is_a_level_and_not_offered():
    assert set(OUTSIDE) <= set(ALL) and not set(OUTSIDE) & set(OFFERED)
