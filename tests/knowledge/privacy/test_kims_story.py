"""Kim, 16, and her mother, to the minute: the scenario of minors and privacy, as the rules alone tell it."""

from dataclasses import replace
from datetime import timedelta

from tests.knowledge.privacy.consents import COUNSELING, MOTHER, NOON, PROBATION, TPO, request_like
from throughcare.knowledge.privacy.consent import may_revoke, missing_elements
from throughcare.knowledge.privacy.legal_requests import LegalRequest, may_answer
from throughcare.knowledge.privacy.minors import state_rule
from throughcare.knowledge.privacy.part2_statements import explanation_of, statement_text
from throughcare.knowledge.privacy.weighing import weigh, weigh_packet

MINUTE = timedelta(minutes=1)
TWO = NOON + timedelta(days=30, hours=2)


def test_her_mother_is_told_nothing_until_kim_says_so_and_then_attendance_only():
    rule = state_rule(16, "substance_use", "NY")
    assert rule.who == "minor" and not rule.parent
    assert not weigh(request_like(MOTHER), [])
    consent = replace(MOTHER, signers=rule.signers)
    assert not missing_elements(consent)
    assert weigh(request_like(MOTHER), [consent])
    assert not weigh(request_like(MOTHER, kind="measure"), [consent])


def test_revoked_at_two_she_is_refused_from_two_and_was_let_in_a_minute_before():
    revoked = replace(MOTHER, revoked_at=TWO)
    asks = [replace(request_like(MOTHER), at=TWO + offset) for offset in (-MINUTE, MINUTE * 0, MINUTE)]
    assert [bool(weigh(ask, [revoked])) for ask in asks] == [True, False, False]


def test_consent_for_probation_is_not_taken_back_until_supervision_ends():
    assert not may_revoke(PROBATION, TWO)
    ended = replace(PROBATION, event_at=TWO)
    assert not weigh(replace(request_like(PROBATION), at=TWO), [ended])


def test_a_subpoena_opens_nothing():
    assert not may_answer(
        LegalRequest("subpoena", frozenset({"attendance"}), names_patient=True, second_person=True)
    )
    assert not weigh(request_like(TPO, in_proceedings=True), [TPO, MOTHER, PROBATION])


def test_the_packet_for_a_new_doctor_has_its_statement_its_consent_and_no_counseling_notes():
    ask = request_like(TPO, recipient="doctor", recipient_class="treating_provider", purpose="treatment")
    packet = weigh_packet(ask, ["care_plan", "discharge", "counseling_note"], [TPO])
    assert [bool(one) for one in packet.items.values()] == [True, True, False]
    assert packet.consents == {"tpo"}
    assert statement_text(packet.items["care_plan"].statement).startswith(
        "This record which has been disclosed"
    )
    assert "Kim Vance lets Harbor House" in explanation_of(TPO, zone="America/New_York")
    assert weigh(request_like(COUNSELING), [TPO, COUNSELING]).consent == "counseling"
