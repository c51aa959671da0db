"""Every kind of record says how sensitive it is, whether it may leave, and how a patient would call it."""

import pytest

from throughcare.knowledge.privacy import KINDS
from throughcare.knowledge.privacy.kinds import ALL, APART, BOOKS, MAY_LEAVE, NO_REDISCLOSURE, OWN, ROWS
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.recipients import ALL as RECIPIENTS
from throughcare.knowledge.privacy.recipients import SINGLE_CONSENT_CLASSES
from throughcare.knowledge.privacy.relationships import ALL as RELATIONSHIPS


@pytest.mark.parametrize("kind", ROWS, ids=lambda one: one.code)
def test_a_kind_has_words_and_plain_ones_when_a_person_meets_them(kind):
    assert kind.words == KINDS[kind.code]
    assert kind.confidentiality in "NRV"
    assert bool(kind.plain) == (kind.own or kind.may_leave)


def test_whatever_is_about_a_person_carries_the_label_of_part_2_and_may_not_be_passed_on():
    assert {kind.code for kind in ROWS if not kind.is_part_2} == {"outcome", "account"}
    for kind in ROWS:
        assert (NO_REDISCLOSURE in kind.security) == kind.is_part_2


def test_notes_kept_apart_are_most_confidential_and_never_read_by_patients_or_opened_in_an_emergency():
    assert {"counseling_note", "psychotherapy_note"} == APART
    for kind in APART:
        assert ALL[kind].confidentiality == "V" and not ALL[kind].own and not ALL[kind].in_emergency
    assert "PSYTHPN" in ALL["psychotherapy_note"].labels


def test_the_desks_own_books_never_leave_and_who_called_is_not_for_the_patient():
    assert not BOOKS & MAY_LEAVE
    assert {"consent", "disclosure", "access_log", "emergency"} <= OWN
    assert not {"contact_call", "legal_request", "kept_apart"} & OWN


def test_what_an_emergency_opens_may_leave_too():
    assert {kind.code for kind in ROWS if kind.in_emergency} <= MAY_LEAVE


def test_every_purpose_recipient_and_relationship_has_its_words():
    assert all(one.words and one.plain and one.act_code for one in PURPOSES.values())
    assert all(one.words and one.plain for one in RECIPIENTS.values())
    assert all(one.words for one in RELATIONSHIPS.values())
    assert {"treating_provider", "health_plan", "payer", "program_helper"} == SINGLE_CONSENT_CLASSES
