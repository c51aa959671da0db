"""Ana lets her mother in from her own phone, sees what her mother sees, and stops it while her mother looks on."""

import time
from datetime import timedelta

import pytest
from django.urls import reverse

from tests import plan_cast
from tests.cast import MONDAY, MORNING, at
from tests.journeys.walker import PHONE
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.accesses import Access
from throughcare.records.episodes import Episode
from throughcare.records.people import Account

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TUESDAY = MONDAY + timedelta(days=1)
WITHIN = 1.0


def test_a_mother_is_let_in_sees_and_is_shut_out_within_a_second(cast, clock, someone):
    episode = plan_cast.admit(cast)
    plan_cast.attend(cast, episode, MONDAY)
    patient = Episode.objects.get(uid=episode).patient
    invite_patient(patient.uid, email="ana@mail.test", by=cast.clinician, at=MORNING)
    clock.set(at(19, day=TUESDAY))
    ana = someone("ana@mail.test", size=PHONE)
    lets_her_in(ana)
    signs(ana)
    makes_a_link(ana)
    rosa = someone("rosa@mail.test", size=PHONE)
    sees(rosa)
    sees_what_she_sees(ana)
    stops_it_in_two_taps(ana, rosa)
    finds_nothing(rosa, patient)


def lets_her_in(ana):
    ana.go(reverse("my_people"))
    ana.look("my-people-nobody", "You have let nobody in.")
    ana.follow("Let someone in")
    ana.select("Who?", "Someone who isn't on this list")
    ana.fill("Their name", "Rosa Flores")
    ana.fill("Who they are to you", "mother")
    ana.pick("What may they be told?", "Whether you came")
    ana.pick("For how long?", "90 days")
    ana.look("my-let-in")
    ana.press("Show me the words")


def signs(ana):
    ana.follow("I have read it")
    ana.pick("What may Rosa Flores be told?", "Only what is listed here")
    ana.pick("What if you change your mind later?", "I can take this back at any time")
    ana.press("Check")
    ana.fill("Full name", "Ana Flores")
    ana.tick("I have read this")
    ana.press("Sign it")


def makes_a_link(ana):
    ana.go(reverse("my_people"))
    ana.look("my-people-signed", "Rosa Flores", "whether you came", "They have no link yet.")
    ana.follow("Make a link")
    ana.fill("E-mail address", "rosa@mail.test")
    ana.press("Make the link")
    ana.look("my-link-for-them", "It works once")


def sees(rosa):
    rosa.go(reverse("family"))
    rosa.look("family-with-lessons", "Ana Flores", "How you can help")
    rosa.follow("Set limits that you can keep")
    rosa.look("family-lesson", "Step by step", "You could say")
    rosa.press("I have read this")
    rosa.follow("Ana Flores")
    rosa.look("family-open-page", "Monday, March 2, 2026", "Came")


def sees_what_she_sees(ana):
    ana.go(reverse("my_people"))
    ana.follow("See their page")
    ana.look("my-person-seen", "This is all they see", "Monday, March 2, 2026", "Came")


def stops_it_in_two_taps(ana, rosa):
    """Two taps; her mother's page, open all the while, closes within a second of the answer."""
    answered = []
    ana.context.on("response", lambda answer: answered.append(time.monotonic()))
    ana.follow("Stop it")
    ana.look("my-person-stop", "If their page is open, it closes.")
    answered.clear()
    ana.page.get_by_role("button", name="Yes, stop it").click()
    rosa.page.get_by_role("heading", name="This page is closed").wait_for()
    assert time.monotonic() - answered[0] <= WITHIN
    assert "Monday, March 2" not in rosa.page.content()
    rosa.troubles[:] = [one for one in rosa.troubles if "/still" not in one]
    ana.go(reverse("my_people"))
    ana.look("my-people-stopped", "You have let nobody in.")


def finds_nothing(rosa, patient):
    answer = rosa.context.request.get(reverse("family_person", args=[patient.uid]))
    assert (answer.status, "Ana" in answer.text()) == (404, False)
    rosa.page.go_back()
    rosa.go(reverse("family"))
    rosa.look("family-after", "There is nothing here for you now.", "If they don't wake up")
    seen = Access.objects.filter(
        account__email_mark=Account.objects.get_by_natural_key("rosa@mail.test").email_mark
    )
    assert {kind for row in seen.filter(allowed=True) for kind in row.kinds} == {"attendance"}
