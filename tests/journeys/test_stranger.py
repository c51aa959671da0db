"""Ivy, who knows nobody here: from the public pages on her phone to her first session."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse

from tests import plan_cast, sessions_cast
from tests.cast import MONDAY, MORNING, Cast, at
from tests.journeys.conftest import Clock
from tests.journeys.walker import PHONE, Walker
from tests.week_cast import a_group
from throughcare.pathway.attendance.room_code import show_code
from throughcare.pathway.episode.admission import admit_patient
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.group.joining import join_groups
from throughcare.pathway.intake.assessment import open_assessment
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.referral.referral import record_contact, take_referral
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.accesses import Access
from throughcare.records.assessments import Assessment
from throughcare.records.check_ins import Presence
from throughcare.records.episodes import Episode
from throughcare.records.public_pages import StartedRequest
from throughcare.records.referrals import Referral
from throughcare.records.sessions import Session

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIRST_LOAD = 100_000
MAIL = "ivy@mail.test"
TUESDAY = MONDAY + timedelta(days=1)
SAID = {
    "Is anyone’s life in danger": "No",
    "In the last weeks, did you think": "No",
    "Do you see or hear things": "No",
    "What happens when you stop": "I don’t drink or use, or stopping is no trouble",
    "Do you need a doctor or nurse": "No",
    "How hard are your days": "I miss work, school or meals on some days",
    "In the last two weeks": "On a few",
    "What help did you have": "Weekly visits, and they were not enough",
    "Is the place where you live": "Yes, it is safe and people there want me to get better",
    "Could you come for about": "Yes",
}


def test_a_stranger_comes_to_her_first_session(cast, clock, someone):
    group = a_group(cast, name="Evening CBT", track="evening", weekday=1, starts=time(17, 30), minutes=180)
    change_setting("price.program_day", 260, effective_date=MONDAY, by=cast.admin, at=MORNING)
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=13), at=at(8))
    ivy = someone(size=PHONE)
    reads(ivy)
    asks_whether_it_is_right(ivy)
    asks_in_two_pieces(ivy, clock)
    is_taken_in(cast, group)
    comes(cast, clock, someone(MAIL, size=PHONE))


def reads(ivy: Walker) -> None:
    """The first page is light; the levels, the week and the price are a tap away."""
    loaded: list[int] = []
    ivy.page.on("requestfinished", lambda request: loaded.append(request.sizes()["responseBodySize"]))
    ivy.go(reverse("front_door"))
    ivy.look("public-welcome", "Help that fits around your life", "988")
    assert 0 < sum(loaded) <= FIRST_LOAD
    ivy.follow("Which kinds of care are there?")
    ivy.reads("Sober living", "9 to 19 hours")
    ivy.follow("Our week and open seats", within="footer")
    ivy.reads("Tuesday", "Cognitive behavioral therapy", "Seats open")
    ivy.follow("What does it cost?", within="footer")
    ivy.pick("How would you pay?", "Myself, without insurance")
    ivy.fill("How many people live on your income", "2")
    ivy.fill("What is the income of all of you", "21000")
    ivy.press("Work it out")
    ivy.look("public-cost", "Your estimate", "$300", "$17,434")


def asks_whether_it_is_right(ivy: Walker) -> None:
    """A dangerous answer shows whom to call at once; the honest ones lead to people."""
    ivy.go(reverse("level_guide"))
    ivy.reads("Nothing you answer is kept")
    ivy.press("Start")
    ivy.pick("Is anyone’s life in danger", "I may hurt myself or someone else")
    ivy.press("Next")
    ivy.look("guide-danger", "You don’t have to be alone with this", "988")
    ivy.go(reverse("level_guide"))
    ivy.press("Start")
    for question, answer in SAID.items():
        ivy.pick(question, answer)
        if answer == "Yes":
            ivy.look("guide-question")
        ivy.press("Next")
    ivy.look("guide-result", "An intensive outpatient program may fit", "not a diagnosis")
    assert not Access.objects.exists()


def asks_in_two_pieces(ivy: Walker, clock: Clock) -> None:
    """She begins, is called away, and goes on in the evening with her code."""
    ivy.go(reverse("ask_for_help"))
    ivy.pick("Who is this for?", "Me")
    ivy.fill("Name you go by", "Ivy")
    ivy.fill("Anything you want us to know?", "I can't sleep and drink to get to sleep.")
    ivy.press("Finish later")
    ivy.look("request-kept", "Nothing was sent yet")
    code = ivy.page.locator(".link-once").inner_text()
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", code) and not Referral.objects.exists()
    clock.set(at(19))
    ivy.go(f"/go-on/{code}")
    ivy.press("Go on")
    assert ivy.page.get_by_label("Name you go by").input_value() == "Ivy"
    ivy.fill("Your phone number", "212-555-0161")
    ivy.press("Send")
    ivy.reads("Thank you. We have your message.")
    assert not StartedRequest.objects.exists()


def is_taken_in(cast: Cast, group) -> None:
    """What staff do, without their pages: the call, the placement, the admission, a plan, a group, a way in."""
    referral, now = Referral.objects.get(), at(9, day=TUESDAY)
    take_referral(referral.uid, by=cast.admissions, at=now)
    record_contact(referral.uid, mode="call", outcome="reached", by=cast.admissions, at=now)
    assessment = open_assessment(referral.uid, by=cast.clinician, at=now)
    plan_cast.decide(cast, Assessment.objects.get(uid=assessment), when=now)
    episode = admit_patient(assessment, track="evening", by=cast.clinician, at=now)
    sessions_cast.plan(cast, Episode.objects.get(uid=episode), hours=9, in_force_at=now)
    join_groups([group], episode, from_date=TUESDAY, by=cast.clinician, at=now, despite_warnings=True)
    invite_patient(referral.patient.uid, email=MAIL, by=cast.clinician, at=now)


def comes(cast: Cast, clock: Clock, ivy: Walker) -> None:
    """Her phone shows the session; at the door she says that she is there."""
    clock.set(at(17, 25, day=TUESDAY))
    ivy.go(reverse("my_sessions"))
    ivy.reads("Evening CBT")
    ivy.follow("I'm in the room")
    session = Session.objects.get(local_day=TUESDAY).uid
    ivy.fill("Code", show_code(session, by=cast.facilitator, at=at(17, 25, day=TUESDAY)).code)
    ivy.press("I'm here")
    assert Presence.objects.get().session.local_day == TUESDAY
