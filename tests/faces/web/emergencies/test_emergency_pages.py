"""Broken glass and guards as people meet them."""

import pytest
import time_machine
from django.urls import reverse

from tests.boards_cast import in_program
from tests.cast import MORNING
from throughcare.pathway.privacy.emergency import break_glass
from throughcare.pathway.privacy.guards import guard_record
from throughcare.records.accesses import Access
from throughcare.records.consents import Guard
from throughcare.records.disclosures import Disclosure
from throughcare.records.emergencies import EmergencyAccess, EmergencyReview, PrivacyNotice
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db
FOUND = {"reason": "medical", "nature": "Found unresponsive; which medication?"}


@pytest.fixture(autouse=True)
def that_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def ana(cast):
    person = in_program(cast, "Ana", "Ruiz")
    guard_record(person.uid, text="Known in town", by=cast.clinician, at=MORNING)
    return person


@pytest.fixture
def signed_in(client):
    def enter(actor):
        client.force_login(Account.objects.get(pk=actor.account))
        return client

    return enter


def test_the_refusal_offers_the_glass_to_those_who_treat_and_names_nobody(cast, ana, signed_in):
    glass = reverse("break_glass", args=[ana.uid])
    page = signed_in(cast.nurse).get(reverse("patient", args=[ana.uid]))
    assert page.status_code == 403
    assert glass in page.text and "Ruiz" not in page.text
    page = signed_in(cast.biller).get(reverse("patient_details", args=[ana.uid]))
    assert page.status_code == 403 and glass not in page.text


def test_with_a_reason_the_record_opens_for_reading_and_each_page_is_listed(cast, ana, signed_in):
    nurse = signed_in(cast.nurse)
    glass = reverse("break_glass", args=[ana.uid])
    assert "Ruiz" not in nurse.get(glass).text
    refused = nurse.post(glass, {"reason": "medical", "nature": ""})
    assert refused.status_code == 422 and not EmergencyAccess.objects.exists()
    opened = nurse.post(glass, FOUND, follow=True)
    assert opened.status_code == 200
    assert "Ana Ruiz" in opened.text and "For reading only" in opened.text
    kinds = {kind for row in Access.objects.filter(relationship="emergency") for kind in row.kinds}
    assert {"identity", "diagnosis", "note"} <= kinds
    assert not kinds & {"counseling_note", "psychotherapy_note", "schedule"}
    assert nurse.get(glass).status_code == 302  # it is open already


def test_when_its_hours_are_over_the_record_is_shut(cast, ana, signed_in):
    emergency = break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    nurse = signed_in(cast.nurse)
    assert nurse.post(reverse("end_emergency", args=[emergency])).status_code == 302
    assert nurse.get(reverse("emergency_record", args=[emergency])).status_code == 403


def test_the_officer_sees_a_count_on_every_page_and_reviews(cast, ana, signed_in):
    emergency = break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    omar = signed_in(cast.compliance)
    assert "new</span>" in omar.get(reverse("director")).text
    page = omar.get(reverse("notices"))
    assert "A guarded record was opened" in page.text and reverse("emergency", args=[emergency]) in page.text
    assert "Found unresponsive" in omar.get(reverse("emergency", args=[emergency])).text
    review = reverse("review_emergency", args=[emergency])
    assert omar.get(review).status_code == 200
    assert omar.post(review, {"finding": "needs_talk", "text": ""}).status_code == 422
    done = omar.post(review, {"finding": "needs_talk", "text": "Two pages too many."}, follow=True)
    assert "We need to talk about it" in done.text
    assert EmergencyReview.objects.count() == 1
    assert "new</span>" not in omar.get(reverse("director")).text


def test_a_notice_is_settled_with_words(cast, ana, signed_in):
    break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    notice = PrivacyNotice.objects.get()
    omar = signed_in(cast.compliance)
    assert omar.post(reverse("settle_notice", args=[notice.uid]), {"words": ""}).status_code == 422
    settled = omar.post(reverse("settle_notice", args=[notice.uid]), {"words": "It was right."}, follow=True)
    assert "It was right." in settled.text and "Settled" in settled.text


def test_what_is_told_outside_is_entered_whole_or_not_at_all(cast, signed_in):
    eve = in_program(cast, "Eve", "Lund")
    nurse = signed_in(cast.nurse)
    address = reverse("tell_in_emergency", args=[eve.uid])
    told = {
        "recipient": "RN Lowe",
        "affiliation": "City ED",
        "discloser": "Nia Bell",
        "disclosed_at": "2026-03-02T07:52",
        "nature": "Overdose",
        "no_consent": "Unconscious",
        "kinds": ["diagnosis"],
    }
    for missing in told:
        page = nurse.post(address, {key: value for key, value in told.items() if key != missing})
        assert page.status_code == 422, missing
    assert not Disclosure.objects.exists()
    assert nurse.post(address, told).status_code == 302
    assert Disclosure.objects.get().recipient_name == "RN Lowe"


def test_a_clinician_guards_a_record_and_lifts_the_guard(cast, signed_in):
    ben = in_program(cast, "Ben", "Ode")
    carla = signed_in(cast.clinician)
    address = reverse("guard", args=[ben.uid])
    assert carla.post(address, {"text": ""}).status_code == 422
    assert "Known in town" in carla.post(address, {"text": "Known in town"}, follow=True).text
    assert Guard.objects.filter(ended_at__isnull=True).count() == 1
    assert "isn't guarded" in carla.post(reverse("lift_guard", args=[ben.uid]), follow=True).text.replace(
        "&#x27;", "'"
    )
    assert signed_in(cast.nurse).get(address).status_code == 403


def test_who_saw_a_guarded_record_is_read_by_the_officer(cast, ana, signed_in):
    break_glass(ana.uid, **FOUND, by=cast.nurse, at=MORNING)
    page = signed_in(cast.compliance).get(reverse("seen_by", args=[ana.uid]))
    assert page.status_code == 200 and "Nia Bell" in page.text
