"""Scenario 5 to the minute: 02:10, Eve texts that she has pills and means it; nobody is left to notice by chance."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests import plan_cast
from tests.cast import MONDAY, at
from tests.crisis_cast import put_on_call
from tests.journeys.walker import PHONE
from throughcare.faces.worker.lane import Lane
from throughcare.faces.worker.urgent_work import URGENT_WORK
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.inbound_text.taking_texts import take_text
from throughcare.pathway.medication.changing import MedicationWords, start_medication
from throughcare.pathway.message.marking import ACCEPTED, Outcome
from throughcare.pathway.message.phones import change_own_phone
from throughcare.pathway.people.people import (
    NewRelatedPerson,
    add_related_person,
    correct_details,
    details_of,
)
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.records.crises import Crisis, CrisisTaking
from throughcare.records.disclosures import Disclosure
from throughcare.records.emergencies import EmergencyAccess
from throughcare.records.episodes import Episode

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
PHONE_NUMBER = "212-555-0155"


class Channel:
    """Takes every message and says that it arrived."""

    name = "ours"

    def __init__(self):
        self.given = []

    def send(self, to, subject, words, *, same, attempt):
        self.given.append((to, subject, words))
        return Outcome(ACCEPTED, self.name, str(attempt), arrived=True)


def night(hour, minute):
    return at(hour, minute, day=TUESDAY)


@pytest.fixture
def worker(clock):
    """One tick of the crisis lane, as it comes every two seconds; what left stands in `worker.given`."""
    channel = Channel()

    def tick():
        for work in URGENT_WORK:
            work(clock())
        lane = Lane({"text": channel, "phone": channel, "email": channel}, urgent=True, places=4)
        lane.turn(clock())
        lane.end(5, clock())

    tick.given = channel.given
    return tick


@pytest.fixture
def eve(cast):
    """Eve in the program, with a plan, medications, somebody near to her, and a way to sign in."""
    patient = Episode.objects.get(uid=plan_cast.admit(cast, given="Eve", family="Lund")).patient
    noon, known = at(12), details_of(patient)
    correct_details(patient.uid, replace(known, phone=PHONE_NUMBER), by=cast.clinician, at=noon)
    invite_patient(patient.uid, email="eve@mail.test", by=cast.clinician, at=noon)
    sister = NewRelatedPerson("Ida Lund", "sister", phone="212-555-0156", emergency_contact=True)
    add_related_person(patient.uid, sister, by=cast.clinician, at=noon)
    words = {"signs": ["I stop answering my sister"], "people": ["Ida 212-555-0156"]}
    save_plan(patient.uid, "safety", NewPlan(words), by=cast.clinician, at=noon)
    sertraline = MedicationWords(
        "Sertraline", "100 mg", "mouth", "daily", "person", began_date=date(2026, 1, 5)
    )
    start_medication(patient.uid, sertraline, key=uuid4(), by=cast.nurse, at=noon)
    return patient


def test_from_the_text_at_ten_past_two_to_the_contact_of_the_next_day(cast, clock, someone, worker, eve):
    clock.set(night(1, 0))
    put_on_call(cast, [cast.clinician], [cast.nurse])
    for number, who in (("212-555-0181", cast.clinician), ("212-555-0182", cast.nurse)):
        change_own_phone(number, by=who, at=clock())
    own = someone("eve@mail.test", size=PHONE)
    texts_at_2_10(clock, worker, own)
    nobody_acknowledges_until_2_20(clock, worker, own)
    nia = acknowledged_at_2_24(clock, someone, own)
    called_at_2_26_and_ambulance_at_2_40(clock, nia)
    the_hospital_asks_at_2_52(clock, nia)
    nothing_is_closed_before_the_next_day(clock, nia)
    reviewed_on_the_next_business_day(clock, someone)
    in_eves_own_accounting(own)


def texts_at_2_10(clock, worker, own):
    clock.set(night(2, 10))
    take_text(PHONE_NUMBER, "HELP I have the pills and I will take them", provider_id="sms 1", at=clock())
    own.go(reverse("my_help"))
    # Nothing has left yet: what to do then is in the page already.
    own.look("help-before", "Get help now", "Call 911", "We are paging somebody now")
    worker()
    own.page.get_by_text("Carla was paged.").wait_for()
    own.look("help-paged", "2:10 AM Carla was paged.")
    [(_, subject, words)] = worker.given
    assert "Eve" not in subject + words and "pills" not in subject + words
    assert Crisis.objects.get().priority == "P1"


def nobody_acknowledges_until_2_20(clock, worker, own):
    clock.set(night(2, 19))
    worker()
    assert len(worker.given) == 1
    # The text came some seconds after 2:10; the lane ticks every two.
    clock.set(night(2, 20) + timedelta(seconds=30))
    worker()
    own.page.get_by_text("Nia was paged.").wait_for()
    own.look("help-backup", "2:20 AM Nia was paged.")


def acknowledged_at_2_24(clock, someone, own):
    clock.set(night(2, 24))
    nia = someone("nia@harbor.test", size=PHONE)
    nia.go(reverse("crisis_desk"))
    nia.look(
        "crisis-desk",
        "Eve Lund",
        "Nobody has taken this.",
        "Paged: Carla Reyes, Nia Bell.",
        "Next page at 2:30 AM",
    )
    nia.press("I take it")
    nia.look("crisis-taken", "You have it", "I have the pills", PHONE_NUMBER, "Reach the person by 2:40 AM")
    nia.reads("I stop answering my sister", "Ida Lund", "No consent.", "Sertraline 100 mg")
    assert CrisisTaking.objects.get().recorded_at.astimezone(clock().tzinfo) >= night(2, 24)
    own.page.get_by_text("Nia has your call.").wait_for()
    own.look("help-taken", "2:24 AM Nia has your call.")
    return nia


def called_at_2_26_and_ambulance_at_2_40(clock, nia):
    clock.set(night(2, 26))
    nia.press("I reached them")
    nia.look("crisis-reached", "2:26 AM Reached")
    clock.set(night(2, 40))
    nia.follow("I called 911")
    nia.fill("Whom did you speak with?", "City EMS")
    nia.look("crisis-911")
    nia.press("Write it down")
    nia.look("crisis-ems", "2:40 AM 911 called", "Speak with the person again by 2:40 AM, Wed, Mar 4")


def the_hospital_asks_at_2_52(clock, nia):
    clock.set(night(2, 52))
    nia.follow("Tell an emergency team the medications")
    nia.look("crisis-told", "Sertraline 100 mg", "No counseling note leaves")
    nia.fill("Who received it?", "RN")
    nia.fill("For which hospital", "City ED")
    nia.fill("What was the emergency?", "Overdose")
    with nia.refused():
        nia.press("Write down that I told them")
        nia.look("crisis-told-incomplete", "Write why consent could not be had")
        nia.troubles.clear()
    nia.fill("Why could consent not be had?", "Unconscious")
    nia.press("Write down that I told them")
    nia.look("crisis-after-telling", "2:52 AM Told an emergency team", "RN, City ED")
    told = Disclosure.objects.get()
    assert (told.basis, list(told.kinds)) == ("emergency", ["medication"])
    assert told.facts["recipient"] == "RN" and told.facts["affiliation"] == "City ED"
    assert told.facts["disclosed_at"].startswith("2026-03-03T02:52") and told.facts["nature"] == "Overdose"
    assert told.facts["discloser"] == "Nia Bell"
    # Told in the night of Tuesday: reviewed by the end of Wednesday.
    assert EmergencyAccess.objects.get().review_due_date == WEDNESDAY


def nothing_is_closed_before_the_next_day(clock, nia):
    nia.follow("Disposition")
    nia.pick("Where are they now?", "Taken to an emergency department")
    nia.press("Write it down")
    nia.follow("Hand off to somebody named")
    nia.fill("Who has it now?", "RN Lowe, City ED")
    nia.press("Write it down")
    nia.look("crisis-handed-off", "Before you close it: speak with the person again after the handoff.")
    clock.set(night(13, 30))
    nia.press("I reached them")
    nia.follow("Close it")
    nia.look("crisis-close")
    nia.press("Close it")
    nia.look("desk-after", "Closed, and something is still due", "A visit after the hospital by Tue, Mar 10")


def reviewed_on_the_next_business_day(clock, someone):
    clock.set(at(9, day=WEDNESDAY))
    omar = someone("omar@harbor.test")
    omar.go(reverse("emergency", args=[EmergencyAccess.objects.get().uid]))
    omar.follow("Review it")
    omar.pick("What did you find?", "It was right")
    omar.press("Write the review")
    omar.look("emergency-told-reviewed", "It was right, Omar Quist")
    omar.go(reverse("crisis", args=[Crisis.objects.get().uid]))
    omar.look("crisis-for-the-officer", "Closed by Nia Bell")


def in_eves_own_accounting(own):
    own.go(reverse("my_disclosures"))
    own.look("my-disclosures-emergency", "RN", "City ED")
