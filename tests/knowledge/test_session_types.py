"""The kinds of session: codes are unique, sizes are settings, and not everything is an hour of treatment."""

import pytest

from throughcare.knowledge import program_settings
from throughcare.knowledge.session_types import ALL, ROWS, SessionType, session_type


def test_every_code_is_used_once() -> None:
    assert len(ALL) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_every_row_has_a_length_a_skill_and_a_source(row: SessionType) -> None:
    assert 15 <= row.minutes <= 180
    assert row.skill and row.source and row.title
    assert row.snomed is None or row.snomed.isdigit()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_room_full_is_bounded_by_a_setting_and_a_one_to_one_is_not(row: SessionType) -> None:
    one_to_one = row.modality in {"individual", "prescriber", "case_management"} or row.code == "family"
    assert (row.capacity_setting is None) == one_to_one
    assert row.capacity_setting is None or row.capacity_setting in program_settings.ALL


def test_only_skilled_treatment_counts_as_hours() -> None:
    uncounted = {row.code for row in ROWS if not row.counts_as_clinical_hours}
    assert uncounted == {"case-management", "intake", "alumni", "mutual-help"}


def test_a_code_that_does_not_exist_is_an_error() -> None:
    assert session_type("cbt").title == "Cognitive behavioral therapy"
    with pytest.raises(KeyError):
        session_type("CBT")
