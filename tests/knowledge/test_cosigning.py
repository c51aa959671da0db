"""Whose notes need a second signature, and who may give it."""

from datetime import UTC, datetime, timedelta

import pytest

from throughcare.knowledge.recording.cosigning import (
    check_cosign,
    check_supervisor,
    is_overdue,
    needs_cosignature,
    urgency,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("credential", "needed"), [("INTERN", True), ("CM", True), ("LPN", True), ("LCSW", False), ("RN", False)]
)
def test_the_credential_says_whether_a_note_needs_a_second_signature(credential, needed):
    assert needs_cosignature(credential) is needed


def test_nobody_co_signs_their_own_words():
    verdict = check_cosign("LCSW", is_author=True, is_supervisor=True, is_director=True)
    assert not verdict and "their own" in verdict.because


def test_the_supervisor_and_the_director_may_answer_and_a_colleague_may_not():
    assert check_cosign("LCSW", is_author=False, is_supervisor=True, is_director=False)
    assert check_cosign("PsyD", is_author=False, is_supervisor=False, is_director=True)
    assert not check_cosign("LPC", is_author=False, is_supervisor=False, is_director=False)


def test_a_supervisor_without_a_license_of_their_own_may_not():
    assert not check_cosign("CADC", is_author=False, is_supervisor=True, is_director=False)
    assert not check_supervisor("CADC", is_self=False)
    assert not check_supervisor("LCSW", is_self=True)
    assert check_supervisor("LCSW", is_self=False)


def test_the_riskiest_comes_first_and_then_the_oldest():
    old, new = NOON - timedelta(days=3), NOON
    waits = [("", old), ("high", new), ("low", old), ("high", old), ("moderate", new)]
    ordered = sorted(waits, key=lambda one: urgency(one[0], waits_since=one[1]))
    assert [tier for tier, _ in ordered] == ["high", "high", "moderate", "low", ""]
    assert ordered[0][1] == old


def test_a_week_is_long_enough_to_wait():
    assert not is_overdue(NOON - timedelta(days=7), at=NOON, days=7)
    assert is_overdue(NOON - timedelta(days=7, minutes=1), at=NOON, days=7)
