"""Safety: tiers only fall by a clinician's decision, and every wait is a number the program may set."""

import pytest

from throughcare.knowledge import program_settings
from throughcare.knowledge.safety import (
    PRIORITIES,
    PRIORITY,
    RANK,
    TIERS,
    CrisisPriority,
    Tier,
    is_at_least,
    may_change_tier,
    reassess_days,
)
from throughcare.knowledge.verdict import Refused


@pytest.mark.parametrize(("tier", "days"), [("none", None), ("low", 30), ("moderate", 14), ("high", 7)])
def test_the_graver_the_tier_the_sooner_it_is_asked_again(tier: str, days: int | None) -> None:
    assert reassess_days(tier) == days


def test_a_program_may_ask_sooner() -> None:
    assert reassess_days("high", {"safety.reassess_days.high": 2}) == 2


@pytest.mark.parametrize("tier", TIERS, ids=lambda tier: tier.code)
def test_every_tier_says_what_to_do(tier: Tier) -> None:
    assert tier.actions
    assert all(action.endswith(".") for action in tier.actions)
    assert tier.reassess_setting is None or tier.reassess_setting in program_settings.ALL


@pytest.mark.parametrize("before", RANK)
@pytest.mark.parametrize("after", RANK)
def test_a_tier_rises_by_itself_and_falls_by_two_people(before: str, after: str) -> None:
    falls = RANK[after] < RANK[before]
    assert bool(may_change_tier(before, after, by_clinician=False, approved_by_supervisor=False)) is not falls
    assert bool(may_change_tier(before, after, by_clinician=False, approved_by_supervisor=True)) is not falls
    assert bool(may_change_tier(before, after, by_clinician=True, approved_by_supervisor=False)) is not falls
    assert may_change_tier(before, after, by_clinician=True, approved_by_supervisor=True)


def test_the_refusal_says_whose_approval_is_needed() -> None:
    verdict = may_change_tier("high", "low", by_clinician=True, approved_by_supervisor=False)
    assert isinstance(verdict, Refused)
    assert "supervisor" in verdict.because


def test_moderate_is_at_least_moderate_and_low_is_not() -> None:
    assert is_at_least("moderate", "moderate")
    assert is_at_least("high", "moderate")
    assert not is_at_least("low", "moderate")


@pytest.mark.parametrize("priority", PRIORITIES, ids=lambda priority: priority.code)
def test_every_wait_of_a_crisis_is_a_setting(priority: CrisisPriority) -> None:
    waits = [priority.acknowledge, *(wait for _, wait in priority.unacknowledged)]
    waits += [priority.contact_within] if priority.contact_within else []
    assert all(wait.setting in program_settings.ALL for wait in waits)
    assert priority.covers and priority.done_when


def test_an_emergency_is_acknowledged_in_ten_minutes_then_goes_to_the_backup_and_the_director() -> None:
    emergency = PRIORITY["P1"]
    assert emergency.acknowledge.number() == 10
    assert [(who, wait.number()) for who, wait in emergency.unacknowledged] == [
        ("backup", 10),
        ("director", 20),
    ]
