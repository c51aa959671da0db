"""A colleague's record opened in an emergency, told to the officer, reviewed; and police at reception."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import plan_cast
from tests.cast import MONDAY, at
from tests.journeys.walker import PHONE
from throughcare.faces.worker.due_work import TABLE
from throughcare.pathway.privacy.guards import guard_record
from throughcare.records.disclosures import Disclosure
from throughcare.records.emergencies import PrivacyNotice
from throughcare.records.episodes import Episode
from throughcare.records.legal_requests import InquiryCall
from throughcare.records.signing_in import DoorMail

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def eve(cast):
    """Eve, in the program, known in town: her record is guarded."""
    episode = Episode.objects.get(uid=plan_cast.admit(cast, given="Eve", family="Lund"))
    plan_cast.measure(cast, episode.uid, "phq-9", 14)
    guard_record(episode.patient.uid, text="Known in town", by=cast.compliance, at=at(9))
    return episode.patient


def test_a_nurse_opens_a_guarded_record_on_her_phone_and_the_officer_reviews_it(cast, clock, someone, eve):
    clock.set(at(14, 52))
    nia = someone("nia@harbor.test", size=PHONE)
    with nia.refused():
        nia.go(reverse("patient", args=[eve.uid]))
        nia.look("glass-refused", "This record is guarded")
        nia.troubles.clear()
    by_keyboard(nia)
    nia.look("glass-open", "Eve Lund", "For reading only", "Opened in an emergency")
    tells_the_hospital(nia)
    told_within_a_minute(clock)
    clock.set(at(9, day=TUESDAY))
    omar = someone("omar@harbor.test")
    reviews(omar)
    in_the_persons_own_list(omar, eve)


def by_keyboard(nia):
    """From the refusal to the record without a pointer."""
    page = nia.page
    offer = page.get_by_role("link", name="Open it as an emergency")
    offer.focus()
    nia.press_enter()
    nia.look("glass", "Only in an emergency", "What is the emergency?")
    assert "Lund" not in page.content()
    page.get_by_label("A medical emergency").focus()
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("Found unresponsive; which medication?")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Open it"
    nia.press_enter()


def tells_the_hospital(nia):
    nia.follow("Write down what you tell the hospital")
    nia.fill("Who received it?", "RN Lowe")
    nia.fill("For which hospital", "City ED")
    nia.fill("What was the emergency?", "Overdose")
    nia.pick("What was told?", "Measures")
    with nia.refused():
        nia.press("Write it down")
        nia.look("told-in-emergency-incomplete", "Write why consent could not be had")
        nia.troubles.clear()
    assert not Disclosure.objects.exists()
    nia.fill("Why could consent not be had?", "Unconscious, nobody to ask")
    nia.press("Write it down")
    nia.look("emergencies-own", "It stands in the disclosure book", "open now")
    assert Disclosure.objects.get().recipient_affiliation == "City ED"


def told_within_a_minute(clock):
    [tell] = [work for work in TABLE if work.name == "notices to the privacy officer"]
    assert tell.every <= timedelta(seconds=30)
    tell.run(clock())
    assert DoorMail.objects.filter(kind="privacy_notice").count() == 2
    assert not PrivacyNotice.objects.filter(told_at__isnull=True).exists()


def reviews(omar):
    omar.go(reverse("notices"))
    omar.look("notices", "A guarded record was opened in an emergency", "Nia Bell")
    omar.follow("Emergencies", within="nav.tabs")
    omar.look("emergencies", "Due")
    omar.page.locator("main table").get_by_role("link").first.click()
    omar.look("emergency", "Opened behind the glass", "Found unresponsive")
    omar.follow("Review it")
    omar.pick("What did you find?", "It was right")
    omar.look("emergency-review")
    omar.press("Write the review")
    omar.look("emergencies-reviewed", "It was right, Omar Quist")


def in_the_persons_own_list(omar, eve):
    omar.go(reverse("seen_by", args=[eve.uid]))
    omar.look("seen-by-emergency", "Nia Bell, RN", "helps in an emergency that was recorded")


@pytest.mark.parametrize("size", [PHONE, (1280, 900)], ids=["phone", "desk"])
def test_reception_answers_police_and_passes_a_subpoena_on(cast, clock, someone, size):
    clock.set(at(11))
    rena = someone("rena@harbor.test", size=size)
    rena.look("front-desk", "Someone asks about a person")
    rena.follow("Police stand at reception")
    rena.look("script-police", "federal law forbids me to say")
    rena.pick("How did they ask?", "At the desk")
    rena.fill("Who asked?", "Officer Hart, badge 71")
    rena.fill("About whom?", "Eve Lund")
    rena.press("Write it down")
    rena.look("front-desk-written", "You said neither yes nor no.")
    assert InquiryCall.objects.count() == 1
    rena.follow("A subpoena is handed over")
    rena.select("What does the paper say it is?", "A subpoena")
    rena.fill("Who brought it", "Server Lane for Attorney Pell")
    rena.fill("What does it ask for?", "All records")
    rena.fill("By which day is an answer due?", date(2026, 3, 16).isoformat())
    rena.look("script-subpoena", "A subpoena alone doesn't open records of this kind")
    rena.press("Pass it on")
    omar = someone("omar@harbor.test", size=size)
    omar.go(reverse("legal_requests"))
    omar.look("legal", "Server Lane for Attorney Pell", "Not decided")
    omar.page.locator("main table").get_by_role("link").first.click()
    omar.look("legal-paper", "This paper opens nothing")
    omar.follow("Letter that says neither")
    omar.look("legal-letter", "forbids a program like this one to say whether anyone is or was a patient")
    omar.go(reverse("inquiries"))
    omar.look("inquiries", "Officer Hart, badge 71")
