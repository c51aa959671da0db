"""The levels of care: one order, and a ladder that a person steps up and down."""

from itertools import pairwise

import pytest

from throughcare.knowledge import program_settings
from throughcare.knowledge.levels_of_care import ALL, LADDER, ROWS, level, most_intense, next_down, next_up


def test_the_levels_are_those_of_the_interface() -> None:
    assert set(ALL) == {
        "op",
        "iop",
        "php",
        "residential-3.1",
        "residential-3.5",
        "withdrawal-management",
        "hospital",
        "emergency",
        "psychiatric-inpatient",
        "iop+recovery-residence",
    }


def test_no_two_levels_share_a_rank() -> None:
    assert len({row.rank for row in ROWS}) == len(ROWS)


def test_the_ladder_is_walked_up_and_down_the_same_way() -> None:
    codes = [row.code for row in LADDER]
    assert codes == ["op", "iop", "php", "residential-3.1", "residential-3.5"]
    for lower, upper in pairwise(codes):
        assert next_up(lower) is ALL[upper]
        assert next_down(upper) is ALL[lower]
    assert next_up("residential-3.5") is None
    assert next_down("op") is None


@pytest.mark.parametrize(
    ("code", "up", "down"),
    [
        ("iop+recovery-residence", "php", "iop"),
        ("withdrawal-management", None, "residential-3.5"),
        ("emergency", None, "residential-3.5"),
    ],
)
def test_a_level_beside_the_ladder_steps_onto_it(code: str, up: str | None, down: str) -> None:
    found = next_up(code)
    assert (found.code if found else None) == up
    assert next_down(code) is level(down)


def test_the_iop_band_agrees_with_the_programs_hours() -> None:
    adult, teen = level("iop").hours_adult, level("iop").hours_teen
    assert adult is not None and teen is not None
    assert adult.least == program_settings.value_of("min_hours_week.adult")
    assert teen.least == program_settings.value_of("min_hours_week.teen")
    assert adult.most == program_settings.value_of("max_hours_week.adult")


def test_the_more_intense_of_two_levels_wins() -> None:
    assert most_intense("iop", "php", "op") == "php"
