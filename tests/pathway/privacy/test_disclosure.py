"""The disclosure book: what may leave, what is weighed again at the door, and what is withheld for good."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.pathway.privacy.consent_cast import TPO, for_mother, kim, mother_of, signed
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.disclosure import (
    prepare_disclosure,
    send_disclosure,
    tell_now,
    withhold_disclosure,
)
from throughcare.pathway.privacy.disclosure_book import accounting, disclosures_of, open_disclosure
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.privacy.telling import Item, Telling, To, weigh_items
from throughcare.records.disclosures import Disclosure

pytestmark = pytest.mark.django_db

ATTENDANCE = Item("attendance", "Monday, March 2", MORNING.date(), ("Present, 180 minutes",))
TEST = Item("measure", "PHQ-9", MORNING.date(), ("17",))


@pytest.fixture
def patient(cast):
    return kim(cast)


@pytest.fixture
def mother(cast, patient):
    return mother_of(cast, patient)


def to_mother(mother, *items):
    return Telling(
        To("family", "Rosa Vance", related_person=mother), "family_involvement", "print", items, document="…"
    )


def physician(cast):
    return enter_recipient(
        NewRecipient("treating_provider", "Dr. Osei", "Elm Street Practice"), by=cast.clinician, at=MORNING
    )


def test_what_a_consent_covers_leaves_with_the_consent_and_the_statement_beside_it(cast, patient, mother):
    consent = signed(cast, patient, for_mother(mother))
    sent = tell_now(patient.uid, to_mother(mother, ATTENDANCE), by=cast.clinician, at=MORNING)
    line, document = open_disclosure(sent, by=cast.compliance, at=MORNING)
    assert (line.consent, line.statement, line.sent_at, document) == (consent, "consent", MORNING, "…")
    assert [item.title for item in line.items] == ["Monday, March 2"]


def test_one_item_too_many_and_nothing_leaves(cast, patient, mother):
    signed(cast, patient, for_mother(mother))
    with pytest.raises(Cannot, match="PHQ-9"):
        tell_now(patient.uid, to_mother(mother, ATTENDANCE, TEST), by=cast.clinician, at=MORNING)
    assert not Disclosure.objects.exists()


def test_taken_back_between_preparing_and_sending_is_withheld_for_good(cast, patient, mother):
    consent = signed(cast, patient, for_mother(mother))
    waiting = prepare_disclosure(patient.uid, to_mother(mother, ATTENDANCE), by=cast.clinician, at=MORNING)
    later = MORNING + timedelta(hours=4)
    revoke_consent(consent, how="oral", by=cast.clinician, at=later)
    assert not send_disclosure(waiting, by=cast.clinician, at=later + timedelta(minutes=1))
    [line] = disclosures_of(patient.uid, by=cast.compliance, at=later)
    assert line.sent_at is None
    assert "taken back" in line.withheld_because
    with pytest.raises(Cannot, match="already"):
        send_disclosure(waiting, by=cast.clinician, at=later)


def test_what_left_before_stays_in_the_book_after_the_consent_is_taken_back(cast, patient, mother):
    consent = signed(cast, patient, for_mother(mother))
    tell_now(patient.uid, to_mother(mother, ATTENDANCE), by=cast.clinician, at=MORNING)
    revoke_consent(consent, how="oral", by=cast.clinician, at=MORNING + timedelta(hours=1))
    [line] = accounting(patient.uid, by=cast.compliance, at=MORNING + timedelta(days=1))
    assert line.to == "Rosa Vance"


def test_counseling_notes_never_go_along_with_the_one_consent(cast, patient):
    signed(cast, patient, TPO)
    to = To("treating_provider", "Dr. Osei", recipient=physician(cast))
    notes = Item("counseling_note", "Note of March 2", MORNING.date())
    verdicts = weigh_items(
        patient.pk, Telling(to, "treatment", "pdf", (ATTENDANCE, notes)), at=MORNING + timedelta(hours=1)
    )
    assert [bool(verdict) for _, verdict in verdicts] == [True, False]


def test_an_emergency_needs_no_consent_but_all_that_the_law_wants_on_record(cast, patient):
    facts = {
        "recipient": "RN Lopez",
        "affiliation": "City ED",
        "discloser": "Cora",
        "disclosed_at": "02:52",
        "nature": "Overdose",
        "no_consent": "Unconscious",
    }
    telling = Telling(
        To("treating_provider", "RN Lopez", affiliation="City ED"),
        "emergency",
        "spoken",
        (Item("diagnosis", "Opioid use disorder"),),
        basis="emergency",
        facts=facts,
    )
    with pytest.raises(Cannot, match="emergency"):
        short = replace(telling, facts={**facts, "nature": ""})
        tell_now(patient.uid, short, by=cast.clinician, at=MORNING)
    assert tell_now(patient.uid, telling, by=cast.clinician, at=MORNING)


def test_who_decides_not_to_send_says_why(cast, patient, mother):
    signed(cast, patient, for_mother(mother))
    waiting = prepare_disclosure(patient.uid, to_mother(mother, ATTENDANCE), by=cast.clinician, at=MORNING)
    withhold_disclosure(waiting, because="Asked for again next week", by=cast.clinician, at=MORNING)
    [line] = disclosures_of(patient.uid, by=cast.compliance, at=MORNING)
    assert line.withheld_because == "Asked for again next week"


def test_the_accounting_of_three_years_leaves_out_what_is_older_and_that_of_six_does_not(
    cast, patient, mother
):
    signed(cast, patient, for_mother(mother))
    tell_now(patient.uid, to_mother(mother, ATTENDANCE), by=cast.clinician, at=MORNING)
    years = MORNING.replace(year=MORNING.year + 4)
    assert accounting(patient.uid, by=cast.compliance, at=years) == ()
    assert len(accounting(patient.uid, by=cast.compliance, at=years, years=6)) == 1


def test_a_front_desk_prepares_nothing(cast, patient, mother):
    reception = replace(cast.nurse, roles=frozenset({"front_desk"}), grants=frozenset({("front_desk", None)}))
    with pytest.raises(CannotSee):
        prepare_disclosure(patient.uid, to_mother(mother, ATTENDANCE), by=reception, at=MORNING)
