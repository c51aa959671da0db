"""A hand that reaches past discharge: Gus leaves, is asked by a link, slips and is called, and comes back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.journeys.walker import PHONE
from tests.plan_cast import admit, plan
from throughcare.pathway.aftercare.asking import keep_aftercare
from throughcare.pathway.discharge.discharge import discharge_patient
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.episodes import Episode
from throughcare.records.messages import Message
from throughcare.records.people import Patient

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LATER = at(18, day=MONDAY + timedelta(days=12))


def test_gus_leaves_and_comes_back(cast, someone, clock):
    episode = admit(cast, given="Gus", family="Hale")
    plan(cast, episode)
    person = Episode.objects.get(uid=episode).patient
    Patient.objects.filter(pk=person.pk).update(phone="212-555-0188")
    invite_patient(person.uid, email="gus@mail.test", by=cast.clinician, at=at(9))
    left = {"reason": "left_informed", "text": "He found work.", "next_place": "Riverside Clinic"}
    discharge_patient(episode, **left, by=cast.clinician, at=at(12))
    clock.set(LATER)
    keep_aftercare(at=LATER, address=lambda token: f"/h/{token}")
    link = re.search(r"/h/\S+", Message.objects.latest("pk").words).group()

    phone = someone("gus@mail.test", size=PHONE)
    phone.go(link)
    phone.look("how-are-you", "How are you?")
    phone.pick("On how many of the last 30 days", "4 to 12")
    phone.press("Done")
    phone.look("how-are-you-thanks", "One of us calls you")

    cam = someone("cam@harbor.test")
    cam.go(reverse("aftercare"))
    cam.look("aftercare", "Drank or used on four days or more of the last 30.")
    cam.follow("Call Gus Hale")
    cam.pick("What came of the call?", "Reached, and talked")
    cam.press("Write it down")
    cam.look("aftercare-called", "Nobody needs a call now.")

    phone.go(reverse("my_aftercare"))
    phone.look("since-you-left", "Is it getting hard?")
    phone.follow("Come back")
    phone.press("I want to come back")
    phone.look("coming-back", "Somebody calls you by")
    cam.go(reverse("aftercare"))
    cam.look("aftercare-coming-back", "Coming back")
