"""Broken glass: a reason, four hours, officers told, a review; and telling someone outside in an emergency."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.boards_cast import in_program
from tests.cast import MORNING, at
from throughcare.knowledge.privacy.kinds import APART
from throughcare.pathway.cannot import Absent, BehindGlass, Cannot, CannotSee
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.access_log import who_saw
from throughcare.pathway.privacy.disclosure_book import accounting
from throughcare.pathway.privacy.emergency import (
    break_glass,
    emergencies,
    end_emergency,
    review_emergency,
)
from throughcare.pathway.privacy.emergency_page import emergency_page
from throughcare.pathway.privacy.emergency_telling import EmergencyTelling, tell_in_emergency
from throughcare.pathway.privacy.guards import guard_record
from throughcare.pathway.privacy.notices import notices, unread_notices
from throughcare.pathway.signing_in.officer_mail import tell_officers
from throughcare.records.accesses import Access
from throughcare.records.disclosures import Disclosure
from throughcare.records.emergencies import EmergencyAccess, PrivacyNotice
from throughcare.records.organizations import Holiday
from throughcare.records.signing_in import DoorMail

pytestmark = pytest.mark.django_db

FOUND = {"reason": "medical", "nature": "Found unresponsive; which medication?"}


@pytest.fixture
def ana(cast):
    """Ana, whose record is guarded; the nurse is not near to her."""
    person = in_program(cast, "Ana", "Ruiz")
    guard_record(person.uid, text="Known in town", by=cast.clinician, at=MORNING)
    return person


def test_t_s1_a_guarded_record_off_the_panel_opens_with_a_reason_and_the_officers_are_told(cast, ana):
    """T-S1: nurse opens a colleague off the panel → glass; officer told within 60 s; in the patient's report."""
    with pytest.raises(BehindGlass) as shut:
        open_patient(ana.uid, kind="measure", by=cast.nurse, at=MORNING)
    assert shut.value.patient == ana.uid
    break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    open_patient(ana.uid, kind="measure", by=cast.nurse, at=MORNING + timedelta(minutes=1))
    assert unread_notices(by=cast.compliance) == unread_notices(by=cast.director) == 1
    tell_officers(at=MORNING + timedelta(seconds=20))
    told = set(DoorMail.objects.filter(kind="privacy_notice").values_list("account__email", flat=True))
    assert told == {"omar@harbor.test", "dana@harbor.test"}
    assert PrivacyNotice.objects.get().told_at == MORNING + timedelta(seconds=20)
    seen = who_saw(ana.uid, by=cast.compliance, at=MORNING + timedelta(minutes=2)).lines
    assert ("Nia Bell, RN", "helps in an emergency that was recorded") in [
        (line.who, line.relationship) for line in seen
    ]


def test_without_a_reason_or_words_it_stays_shut(cast, ana):
    for wrong in ({**FOUND, "reason": "curious"}, {**FOUND, "nature": "  "}):
        with pytest.raises(Cannot):
            break_glass(ana.uid, **wrong, by=cast.nurse, at=MORNING)
    assert not EmergencyAccess.objects.exists()
    assert not PrivacyNotice.objects.exists()


def test_who_treats_nobody_breaks_no_glass(cast, ana):
    for someone in (cast.biller, cast.admissions, cast.compliance, cast.front_desk):
        with pytest.raises(CannotSee):
            break_glass(ana.uid, **FOUND, by=someone, at=MORNING)


def test_a_record_that_opens_anyway_needs_no_emergency(cast):
    ben = in_program(cast, "Ben", "Ode")
    with pytest.raises(CannotSee, match="without an emergency"):
        break_glass(ben.uid, **FOUND, by=cast.nurse, at=MORNING)


def test_it_opens_for_four_hours_for_reading_and_never_notes_kept_apart(cast, ana):
    break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    last = MORNING + timedelta(hours=4) - timedelta(seconds=1)
    open_patient(ana.uid, kind="assessment", by=cast.nurse, at=last)
    for kind in APART | {"schedule", "intake"}:
        with pytest.raises(CannotSee):
            open_patient(ana.uid, kind=kind, by=cast.nurse, at=last)
    with pytest.raises(CannotSee):
        open_patient(ana.uid, kind="assessment", verb="change", by=cast.nurse, at=last)
    with pytest.raises(BehindGlass):
        open_patient(ana.uid, kind="assessment", by=cast.nurse, at=MORNING + timedelta(hours=4))


def test_it_ends_early_and_opens_to_nobody_else(cast, ana):
    emergency = break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    with pytest.raises(BehindGlass):
        open_patient(ana.uid, kind="note", by=cast.prescriber, at=MORNING)
    with pytest.raises(CannotSee):
        end_emergency(emergency, by=cast.prescriber, at=MORNING)
    end_emergency(emergency, by=cast.nurse, at=MORNING + timedelta(minutes=5))
    with pytest.raises(BehindGlass):
        open_patient(ana.uid, kind="note", by=cast.nurse, at=MORNING + timedelta(minutes=5))


def test_twice_is_once(cast, ana):
    first = break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    assert break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING + timedelta(hours=1)) == first
    assert PrivacyNotice.objects.count() == 1


@pytest.mark.parametrize(
    "opened, due",
    [
        (date(2026, 3, 3), date(2026, 3, 4)),
        (date(2026, 3, 6), date(2026, 3, 10)),
        (date(2026, 3, 7), date(2026, 3, 10)),
    ],
)
def test_the_review_is_due_on_the_next_business_day(cast, ana, opened, due):
    """Monday the 9th is a holiday here."""
    Holiday.objects.create(
        organization_id=cast.organization, day=date(2026, 3, 9), name="Founders", recorded_at=MORNING
    )
    break_glass(ana.uid, **FOUND, by=cast.nurse, at=at(22, day=opened))
    [line] = emergencies(by=cast.compliance, at=at(23, day=due))
    assert (line.review_due, line.is_overdue) == (due, False)
    [line] = emergencies(by=cast.compliance, at=at(1, day=due + timedelta(days=1)))
    assert line.is_overdue


def test_the_review_shows_what_was_opened_and_is_done_by_another_officer(cast, ana):
    emergency = break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    open_patient(ana.uid, kind="diagnosis", by=cast.nurse, at=MORNING + timedelta(minutes=1))
    later = at(9, day=date(2026, 3, 3))
    page = emergency_page(emergency, by=cast.compliance, at=later)
    assert [one.what for one in page.opened] == ["diagnoses"]
    with pytest.raises(CannotSee):
        review_emergency(emergency, finding="appropriate", text="", by=cast.nurse, at=later)
    with pytest.raises(Cannot, match="follows"):
        review_emergency(emergency, finding="needs_talk", text="", by=cast.compliance, at=later)
    review_emergency(emergency, finding="appropriate", text="", by=cast.director, at=later)
    with pytest.raises(Cannot, match="already"):
        review_emergency(emergency, finding="appropriate", text="", by=cast.compliance, at=later)
    assert emergency_page(emergency, by=cast.nurse, at=later).finding == "appropriate"


def test_nobody_reviews_what_they_opened_themselves(cast, ana):
    emergency = break_glass(ana.uid, **FOUND, by=cast.director, at=MORNING)
    with pytest.raises(Cannot, match="Another officer"):
        review_emergency(emergency, finding="appropriate", text="", by=cast.director, at=MORNING)


def test_someone_elses_emergency_is_absent_to_those_who_dont_review(cast, ana):
    emergency = break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    with pytest.raises(Absent):
        emergency_page(emergency, by=cast.prescriber, at=MORNING)
    assert emergencies(by=cast.prescriber, at=MORNING) == ()


EVE = EmergencyTelling(
    recipient="RN Lowe",
    affiliation="City ED",
    discloser="Nia Bell, RN",
    disclosed_at=at(2, 52),
    nature="Overdose, unconscious",
    no_consent="Unconscious; nobody to ask",
    kinds=("diagnosis", "measure"),
    words="Medications as last reported",
)


def test_what_is_told_outside_stands_in_the_book_exactly_as_the_law_asks(cast):
    """Domain §11.5: City ED asks at 02:52, Eve is unconscious; officer told, reviewed the next business day."""
    eve = in_program(cast, "Eve", "Lund")
    tell_in_emergency(eve.uid, EVE, by=cast.nurse, at=at(3))
    [line] = accounting(eve.uid, by=cast.compliance, at=at(4))
    assert (line.to, line.affiliation, line.basis, line.consent) == ("RN Lowe", "City ED", "emergency", None)
    assert dict(line.facts).keys() == {
        "recipient",
        "affiliation",
        "discloser",
        "disclosed_at",
        "nature",
        "no_consent",
    }
    assert unread_notices(by=cast.compliance) == 1
    [emergency] = emergencies(by=cast.compliance, at=at(4))
    assert (emergency.told_outside, emergency.is_open, emergency.review_due) == (
        True,
        False,
        date(2026, 3, 3),
    )
    assert "RN Lowe" in notices(by=cast.compliance, at=at(4))[0].text


@pytest.mark.parametrize("field", ["recipient", "affiliation", "discloser", "nature", "no_consent", "kinds"])
def test_without_a_complete_record_nothing_is_told(cast, field):
    eve = in_program(cast, "Eve", "Lund")
    wrong = replace(EVE, **{field: ()} if field == "kinds" else {field: " "})
    with pytest.raises(Cannot) as refused:
        tell_in_emergency(eve.uid, wrong, by=cast.nurse, at=at(3))
    assert refused.value.field == field
    assert not Disclosure.objects.exists() and not EmergencyAccess.objects.exists()


def test_notes_kept_apart_are_never_told(cast):
    eve = in_program(cast, "Eve", "Lund")
    with pytest.raises(Cannot, match="kept apart"):
        tell_in_emergency(eve.uid, replace(EVE, kinds=("counseling_note",)), by=cast.nurse, at=at(3))
    assert not EmergencyAccess.objects.exists()


def test_behind_the_glass_the_record_of_what_was_told_can_be_written(cast, ana):
    emergency = break_glass(ana.uid, **FOUND, by=cast.nurse, at=at(2, 50))
    tell_in_emergency(ana.uid, EVE, by=cast.nurse, at=at(3))
    assert Disclosure.objects.get().emergency.uid == emergency
    assert EmergencyAccess.objects.count() == 1


def test_breaking_the_glass_stands_in_the_book(cast, ana):
    break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    row = Access.objects.filter(purpose="break_glass").get()
    assert (row.kinds, row.verb, row.allowed) == (["emergency"], "change", True)
