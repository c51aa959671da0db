"""A consent counts only when it holds everything that 42 CFR 2.31 asks for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.knowledge.privacy.consents import (
    COUNSELING,
    MOTHER,
    NOON,
    ONE_OF_EACH,
    PROBATION,
    SIGNED,
    SPECIFIC,
    TPO,
)
from throughcare.knowledge.privacy.consent import may_revoke, missing_elements, why_not_standing
from throughcare.knowledge.verdict import Refused


@pytest.mark.parametrize("consent", ONE_OF_EACH, ids=lambda one: one.form)
def test_a_complete_consent_lacks_nothing_and_stands(consent):
    assert missing_elements(consent) == ()
    assert why_not_standing(consent, NOON) == ""


@pytest.mark.parametrize(
    ("consent", "change", "says"),
    [
        (TPO, {"patient_name": " "}, "whose records"),
        (TPO, {"discloser": ""}, "who may give"),
        (TPO, {"kinds": frozenset()}, "which records"),
        (TPO, {"kinds": frozenset({"horoscope"})}, "which records"),
        (TPO, {"kinds": frozenset({"kept_apart"})}, "never leave"),
        (TPO, {"purposes": frozenset()}, "what the records are for"),
        (TPO, {"recipient_classes": frozenset()}, "who may receive"),
        (TPO, {"recipient_classes": frozenset({"family"})}, "treat, pay"),
        (TPO, {"purposes": frozenset({"treatment", "research"})}, "Other purposes"),
        (TPO, {"purposes": frozenset({"treatment", "legal_proceedings"})}, "Legal proceedings"),
        (TPO, {"kinds": frozenset({"note", "counseling_note"})}, "Notes kept apart"),
        (TPO, {"told_how_to_revoke": False}, "take the consent back"),
        (TPO, {"told_redisclosure": False}, "pass the records on"),
        (TPO, {"told_refusal": False}, "doesn't sign"),
        (TPO, {"given_at": None}, "which day"),
        (TPO, {"signatures": ()}, "patient's signature"),
        (TPO, {"signatures": (replace(SIGNED, proof=""),)}, "witness"),
        (TPO, {"signatures": (replace(SIGNED, proof="witnessed"),)}, "witness"),
        (TPO, {"signers": frozenset()}, "who must sign"),
        (TPO, {"signers": frozenset({"patient", "guardian"})}, "guardian's signature"),
        (TPO, {"never_ends": False}, "when the consent ends"),
        (SPECIFIC, {"never_ends": True}, "without an end"),
        (SPECIFIC, {"expires_at": NOON}, "end must come after"),
        (SPECIFIC, {"recipient": ""}, "Name the person"),
        (SPECIFIC, {"recipient_classes": frozenset({"intermediary"})}, "members of the network"),
        (SPECIFIC, {"irrevocable": True}, "supervision"),
        (MOTHER, {"recipient_classes": frozenset({"employer"})}, "doesn't fit"),
        (MOTHER, {"purposes": frozenset({"treatment"})}, "can't be combined"),
        (COUNSELING, {"kinds": frozenset({"counseling_note", "note"})}, "nothing else"),
        (COUNSELING, {"kinds": frozenset({"counseling_note", "psychotherapy_note"})}, "nothing else"),
        (PROBATION, {"ends_when": "", "expires_at": NOON + timedelta(days=9)}, "event that ends it"),
    ],
)
def test_whatever_is_missing_is_said_and_the_consent_does_not_count(consent, change, says):
    lacking = missing_elements(replace(consent, **change))
    assert any(says in sentence for sentence in lacking), lacking
    assert why_not_standing(replace(consent, **change), NOON)


def test_a_staff_witness_proves_a_signature_as_well_as_signing_in_again():
    witnessed = replace(SIGNED, proof="witnessed", witness="Cam Ortiz, CM")
    assert missing_elements(replace(TPO, signatures=(witnessed,))) == ()


def test_a_consent_stands_from_its_signature_to_the_second_it_is_taken_back():
    back = NOON + timedelta(days=3)
    consent = replace(MOTHER, revoked_at=back)
    assert why_not_standing(consent, NOON - timedelta(seconds=1)) == "The consent wasn't signed yet."
    assert why_not_standing(consent, back - timedelta(seconds=1)) == ""
    assert why_not_standing(consent, back) == "The consent was taken back."


def test_it_ends_at_its_date_or_its_event_whichever_comes_first():
    event = NOON + timedelta(days=5)
    assert why_not_standing(replace(MOTHER, ends_when="school ends", event_at=event), event)
    assert not why_not_standing(MOTHER, event)
    assert why_not_standing(MOTHER, NOON + timedelta(days=90))


def test_taking_back_is_refused_for_supervision_until_its_event_and_says_so():
    verdict = may_revoke(PROBATION, NOON + timedelta(days=30))
    assert isinstance(verdict, Refused)
    assert "until supervision ends" in verdict.because
    assert verdict.cite == "42 CFR 2.35"


@pytest.mark.parametrize("consent", [TPO, SPECIFIC, MOTHER, COUNSELING], ids=lambda one: one.form)
def test_any_other_consent_may_be_taken_back_once(consent):
    at = NOON + timedelta(days=1)
    assert may_revoke(consent, at)
    assert not may_revoke(replace(consent, revoked_at=at), at)


def test_what_has_ended_needs_no_taking_back():
    assert not may_revoke(MOTHER, NOON + timedelta(days=91))
