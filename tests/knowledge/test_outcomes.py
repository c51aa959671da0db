"""The director's seven numbers are defined so that two people would count the same."""

import pytest

from throughcare.knowledge.outcomes import ALL, ROWS, SEVEN, Outcome


def test_there_are_seven_and_retention_is_one_of_them() -> None:
    assert len(SEVEN) == 7
    assert [row.code for row in SEVEN[-1]] == ["retained_30", "retained_60", "retained_90"]
    assert [row for rows in SEVEN for row in rows] == list(ROWS)
    assert len(ALL) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_every_number_says_what_is_counted_of_what(row: Outcome) -> None:
    assert row.definition.endswith(".")
    assert row.numerator and row.denominator and row.source
    assert row.unit == "days" or 0 < row.target < 1


@pytest.mark.parametrize(
    ("code", "value", "reached"),
    [
        ("days_to_first_session", 2, True),
        ("days_to_first_session", 2.5, False),
        ("hours_attended", 0.85, True),
        ("hours_attended", 0.84, False),
    ],
)
def test_a_target_is_reached_from_its_better_side(code: str, value: float, reached: bool) -> None:
    assert ALL[code].is_reached(value) is reached
