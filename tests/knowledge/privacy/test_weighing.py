"""What may go to whom, and which consent says so: the stories of the privacy rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.knowledge.privacy.consents import (
    COUNSELING,
    MOTHER,
    NOON,
    ONE_OF_EACH,
    PROCEEDINGS,
    SPECIFIC,
    TPO,
    WHOLE_CHART,
    request_like,
)
from throughcare.knowledge.privacy.kinds import MAY_LEAVE
from throughcare.knowledge.privacy.weighing import CourtOrder, Request, Restriction, weigh, weigh_packet

DAY = timedelta(days=1)


@pytest.mark.parametrize("consent", ONE_OF_EACH, ids=lambda one: one.form)
def test_each_form_lets_through_what_it_was_written_for_and_is_named(consent):
    weighed = weigh(request_like(consent), ONE_OF_EACH)
    assert weighed and weighed.consent == consent.key
    assert weighed.statement == ("tpo" if consent.form == "tpo" else "consent")


@pytest.mark.parametrize("consent", ONE_OF_EACH, ids=lambda one: one.form)
def test_without_it_the_same_is_refused_in_a_sentence(consent):
    others = [one for one in ONE_OF_EACH if one is not consent]
    weighed = weigh(request_like(consent), others)
    assert not weighed and weighed.because.endswith(".")
    assert weighed.consent == weighed.statement == ""


def test_kims_mother_sees_attendance_and_nothing_else():
    packet = weigh_packet(request_like(MOTHER), sorted(MAY_LEAVE), [MOTHER])
    assert {kind for kind, one in packet.items.items() if one} == {"attendance"}
    assert not packet.verdict


def test_a_minute_after_it_was_taken_back_it_is_refused_and_the_day_before_stays_allowed():
    revoked = replace(MOTHER, revoked_at=NOON + 10 * DAY)
    assert weigh(request_like(MOTHER, days=9), [revoked])
    weighed = weigh(request_like(MOTHER, days=10 + 1 / 1440), [revoked])
    assert not weighed and weighed.because.startswith("The consent was taken back.")


def test_the_single_consent_never_opens_notes_kept_apart_nor_serves_in_court():
    ask = request_like(TPO)
    assert not weigh(replace(ask, kind="counseling_note"), [TPO])
    assert not weigh(replace(ask, in_proceedings=True), [TPO])
    assert not weigh(replace(ask, purpose="legal_proceedings"), [TPO])


def test_a_subpoena_alone_is_never_enough():
    weighed = weigh(request_like(PROCEEDINGS), [TPO, SPECIFIC, MOTHER])
    assert not weighed and "subpoena alone" in weighed.because


def test_consent_for_proceedings_serves_nothing_else():
    assert not weigh(
        replace(request_like(PROCEEDINGS), purpose="treatment", in_proceedings=False), [PROCEEDINGS]
    )


def test_a_court_order_opens_exactly_its_kinds_and_days():
    order = CourtOrder(frozenset({"attendance"}), date(2026, 1, 1), date(2026, 1, 31), second_person=True)
    ask = replace(
        request_like(PROCEEDINGS),
        court_order=order,
        records_from=date(2026, 1, 1),
        records_until=date(2026, 1, 31),
    )
    assert weigh(ask, []) and weigh(ask, []).statement == "court_order"
    assert not weigh(replace(ask, kind="note"), [])
    assert not weigh(replace(ask, records_until=date(2026, 2, 1)), [])
    assert not weigh(replace(ask, records_from=None), [])
    assert not weigh(replace(ask, court_order=replace(order, second_person=False)), [])


def test_a_restriction_refuses_what_a_consent_would_allow():
    ask = request_like(TPO, recipient_class="health_plan", purpose="payment")
    agreed = Restriction("r", NOON, recipient_classes=frozenset({"health_plan"}))
    assert weigh(ask, [TPO])
    assert not weigh(ask, [TPO], [agreed])
    assert weigh(ask, [TPO], [replace(agreed, ended_at=NOON + timedelta(hours=1))])
    assert weigh(ask, [TPO], [replace(agreed, kinds=frozenset({"note"}))])
    assert weigh(replace(ask, recipient_class="treating_provider"), [TPO], [agreed])


def test_who_signs_anew_means_what_they_signed_last():
    wide = replace(MOTHER, key="wide", kinds=frozenset({"attendance", "schedule"}))
    narrow = replace(MOTHER, key="narrow", given_at=NOON + DAY)
    ask = request_like(MOTHER, days=2, kind="schedule")
    assert weigh(ask, [wide])
    assert not weigh(ask, [wide, narrow])
    assert "later consent" in weigh(ask, [wide, narrow]).because
    assert not weigh(ask, [wide, replace(narrow, revoked_at=NOON + DAY)])
    assert weigh(ask, [wide, replace(narrow, signatures=())])


def test_a_consent_for_records_of_a_time_gives_no_others():
    spring = replace(MOTHER, records_from=date(2026, 3, 1), records_until=date(2026, 5, 31))
    ask = request_like(MOTHER, records_from=date(2026, 3, 1), records_until=date(2026, 3, 31))
    assert weigh(ask, [spring])
    assert not weigh(replace(ask, records_from=date(2026, 2, 28)), [spring])
    assert not weigh(replace(ask, records_until=None), [spring])


def test_patients_read_their_own_but_not_notes_kept_apart_nor_what_is_about_others():
    ask = Request("kim", "patient", "patient_request", "note", NOON)
    assert weigh(ask, [])
    assert weigh(replace(ask, kind="disclosure"), [])
    for kind in ("counseling_note", "psychotherapy_note", "kept_apart", "contact_call"):
        assert not weigh(replace(ask, kind=kind), [])


def test_an_emergency_is_not_weighed_but_recorded():
    weighed = weigh(request_like(TPO, purpose="emergency"), [TPO])
    assert not weighed and "emergency" in weighed.because


@pytest.mark.parametrize(
    "change",
    [{"kind": "horoscope"}, {"purpose": "gossip"}, {"recipient_class": "neighbor"}, {"kind": "kept_apart"}],
)
def test_what_no_rule_is_stated_for_is_refused(change):
    everything = replace(TPO, kinds=WHOLE_CHART)
    assert not weigh(replace(request_like(TPO), **change), [everything])


def test_an_empty_packet_is_not_sent():
    assert not weigh_packet(request_like(TPO), [], [TPO]).verdict


def test_a_packet_names_the_consents_it_leaves_under():
    packet = weigh_packet(request_like(SPECIFIC), ["attendance", "episode"], [SPECIFIC, COUNSELING])
    assert packet.verdict and packet.consents == {"specific"}


def test_consent_for_one_sort_of_notes_kept_apart_does_not_replace_the_other():
    therapy = replace(
        COUNSELING, key="therapy", kinds=frozenset({"psychotherapy_note"}), given_at=NOON + timedelta(hours=1)
    )
    for consent in (COUNSELING, therapy):
        assert weigh(request_like(consent), [COUNSELING, therapy]).consent == consent.key
