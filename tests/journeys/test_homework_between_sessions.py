"""Homework from the group to the phone and back: two taps, and the facilitator reads it before the next session."""

import pytest
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.journeys.walker import PHONE
from tests.sessions_cast import WEDNESDAY, admit, hold, open_group
from throughcare.knowledge.curricula.library import ALL
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.group.curricula import follow_curricula

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FIRST = ALL["process-group"].topics[0]


def test_homework_goes_home_and_comes_back(cast, someone, clock):
    ana, group = admit(cast, "Ana", "Silva"), open_group(cast)
    invite_patient(ana.uid, email="ana@mail.test", by=cast.clinician, at=at(8))
    monday, wednesday = (hold(cast, ana, group=group, day=day) for day in (MONDAY, WEDNESDAY))
    follow_curricula(
        group.uid, ["process-group"], in_rounds=True, from_date=MONDAY, by=cast.director, at=at(9)
    )
    clock.set(at(20))
    felix = someone("felix@harbor.test")
    felix.go(reverse("prepare_session", args=[monday]))
    felix.look("prepare", FIRST.title)
    felix.press("Give it to everyone here")
    clock.set(at(9, day=WEDNESDAY))
    phone = someone("ana@mail.test", size=PHONE)
    phone.go(reverse("my_homework"))
    phone.look("my-homework", "Your homework")
    phone.press("Yes")
    phone.press("8")
    phone.look("my-homework-told", "It helped 8 of 10.")
    clock.set(at(16, day=WEDNESDAY))
    felix.go(reverse("prepare_session", args=[wednesday]))
    felix.look("prepare-next", "helped 8 of 10")
