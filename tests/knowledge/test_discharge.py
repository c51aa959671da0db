"""Discharge: the reasons, leaving by absence and completing."""

from typing import Any

import pytest

from throughcare.knowledge.discharge import ALL, ROWS, TEDS_REASON, may_complete, may_discharge_by_absence
from throughcare.knowledge.verdict import Allowed, Refused

GONE: dict[str, Any] = {
    "days_without_contact": 14,
    "attempts": 3,
    "letter_sent": True,
    "tier": "low",
    "tier_checked": True,
}
DONE: dict[str, Any] = {
    "sessions_attended": 24,
    "sessions_planned": 30,
    "goals_met": 7,
    "goals": 10,
    "has_discharge_plan": True,
}


def test_every_reason_has_a_place_in_teds_and_every_teds_code_a_reason() -> None:
    assert len(ALL) == len(ROWS) == 11
    assert {row.teds for row in ROWS} == set(TEDS_REASON)


@pytest.mark.parametrize(
    ("code", "teds"),
    [("completed", 1), ("lost_contact", 2), ("left_informed", 2), ("administrative", 3), ("transfer_up", 4)],
)
def test_reasons_map_to_teds(code: str, teds: int) -> None:
    assert ALL[code].teds == teds


def test_a_person_who_was_looked_for_may_be_discharged_for_absence() -> None:
    assert may_discharge_by_absence(**GONE) == Allowed()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"days_without_contact": 13}, "14 days"),
        ({"attempts": 2}, "2 of 3"),
        ({"letter_sent": False}, "letter"),
        ({"tier": "moderate"}, "welfare"),
        ({"tier": "high"}, "welfare"),
        ({"tier": None}, "welfare"),
        ({"tier_checked": False}, "clinician"),
    ],
)
def test_each_thing_left_undone_stops_a_discharge_for_absence(change: dict[str, Any], word: str) -> None:
    verdict = may_discharge_by_absence(**GONE | change)
    assert isinstance(verdict, Refused)
    assert word in verdict.because


@pytest.mark.parametrize("tier", ["moderate", "high", None])
def test_after_a_welfare_check_a_person_at_risk_may_be_discharged_for_absence(tier: str | None) -> None:
    assert may_discharge_by_absence(**GONE | {"tier": tier, "welfare_check_made": True})


def test_a_program_may_wait_longer() -> None:
    assert not may_discharge_by_absence(**GONE, own={"discharge.absence_days": 21})


def test_four_fifths_of_sessions_and_seven_tenths_of_goals_complete_a_stay() -> None:
    assert may_complete(**DONE) == Allowed()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"sessions_attended": 23}, "80%"),
        ({"sessions_planned": 0, "sessions_attended": 0}, "0 of 0"),
        ({"goals_met": 6}, "70%"),
        ({"goals": 0, "goals_met": 0}, "goals"),
        ({"has_discharge_plan": False}, "discharge plan"),
    ],
)
def test_each_thing_that_is_missing_keeps_a_stay_from_being_completed(
    change: dict[str, Any], word: str
) -> None:
    verdict = may_complete(**DONE | change)
    assert isinstance(verdict, Refused)
    assert word in verdict.because


def test_the_share_is_not_lost_to_rounding() -> None:
    for whole in range(10, 500, 10):
        assert may_complete(**DONE | {"goals": whole, "goals_met": whole * 7 // 10})
        assert not may_complete(**DONE | {"goals": whole, "goals_met": whole * 7 // 10 - 1})
