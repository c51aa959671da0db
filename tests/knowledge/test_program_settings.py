"""The program's numbers: each has a default inside its bounds, a unit and a source."""

import pytest

from throughcare.knowledge.program_settings import ALL, ProgramSetting, check_value, value_of
from throughcare.knowledge.verdict import Allowed, Refused


@pytest.mark.parametrize("setting", ALL.values(), ids=ALL.keys())
def test_every_default_is_allowed_and_explained(setting: ProgramSetting) -> None:
    assert check_value(setting.key, setting.value) == Allowed()
    assert setting.low < setting.high
    assert setting.unit and setting.source
    assert setting.about.endswith(".")


@pytest.mark.parametrize("setting", ALL.values(), ids=ALL.keys())
def test_both_bounds_are_allowed_and_the_next_number_is_not(setting: ProgramSetting) -> None:
    assert check_value(setting.key, setting.low)
    assert check_value(setting.key, setting.high)
    assert not check_value(setting.key, setting.low - 1)
    assert not check_value(setting.key, setting.high + 1)


def test_an_adult_and_a_teenager_have_their_own_least_hours() -> None:
    assert value_of("min_hours_week.adult") == 9
    assert value_of("min_hours_week.teen") == 6


def test_the_programs_own_value_goes_before_the_default() -> None:
    assert value_of("attendance.late_minutes", {"attendance.late_minutes": 10}) == 10
    assert value_of("attendance.late_minutes", {"other": 10}) == 15


def test_an_unknown_key_is_refused_by_name() -> None:
    verdict = check_value("min_hours", 9)
    assert isinstance(verdict, Refused)
    assert "min_hours" in verdict.because
    with pytest.raises(KeyError):
        value_of("min_hours")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, True, "9", None])
def test_what_is_not_a_number_is_refused_with_the_unit(value: object) -> None:
    verdict = check_value("min_hours_week.adult", value)
    assert isinstance(verdict, Refused)
    assert "hours" in verdict.because
    assert not check_value("group.max.counseling", value)


def test_a_count_refuses_a_fraction_and_hours_allow_it() -> None:
    assert not check_value("group.max.counseling", 10.5)
    assert check_value("min_hours_week.adult", 9.5)
