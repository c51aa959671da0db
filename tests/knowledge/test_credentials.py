"""Credentials: who decides alone, who signs, and who signs with a supervisor."""

import pytest

from throughcare.knowledge.credentials import (
    ALL,
    ROWS,
    Credential,
    credential,
    may_confirm_placement,
    may_cosign,
    may_sign_clinical_note,
)
from throughcare.knowledge.verdict import Refused


def test_every_code_is_used_once() -> None:
    assert len(ALL) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_who_needs_a_second_signature_decides_no_placement(row: Credential) -> None:
    if row.needs_cosignature:
        assert row.may_sign_clinical_note
        assert not may_confirm_placement(row.code)
        assert not may_cosign(row.code)
    if row.may_prescribe:
        assert row.may_confirm_placement


@pytest.mark.parametrize("code", ["LCSW", "LPC", "LMFT", "LADC", "PhD", "PsyD", "MD", "DO", "PMHNP"])
def test_a_licensed_clinician_confirms_placement_and_signs(code: str) -> None:
    assert may_confirm_placement(code)
    assert may_sign_clinical_note(code)
    assert may_cosign(code)


@pytest.mark.parametrize("code", ["RN", "CPSS", "CM", "INTERN"])
def test_others_sign_their_notes_and_leave_placement_to_a_clinician(code: str) -> None:
    assert may_sign_clinical_note(code)
    verdict = may_confirm_placement(code)
    assert isinstance(verdict, Refused)
    assert ALL[code].title in verdict.because


def test_an_unknown_credential_may_nothing() -> None:
    assert credential("XYZ") is None
    assert not may_confirm_placement("XYZ")
    assert not may_sign_clinical_note("")
    assert not may_cosign("XYZ")
