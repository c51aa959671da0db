"""Seven in the morning: Felix is ill. The director, phone in hand, covers his day before the first group begins."""

from datetime import timedelta

import pytest
import time_machine

from tests.cast import MONDAY, MORNING
from tests.journeys.walker import PHONE
from tests.week_cast import a_group, admit
from throughcare.pathway.group.group import join_group
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.sessions import Session
from throughcare.records.week_rules import Absence

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(MORNING):
        yield


def test_the_day_of_who_is_ill_is_covered_in_six_presses(cast, someone):
    ana, ben = admit(cast, "Ana", "Ruiz"), admit(cast, "Ben", "Cole")
    group = a_group(cast)
    for person in (ana, ben):
        join_group(group, person.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=7), at=MORNING)
    dana = someone("dana@harbor.test", size=PHONE)
    dana.go("/today")
    dana.follow("Someone is ill?")
    dana.look("cover-who", "Someone is away")
    dana.select("Who is away?", "Felix Grant")
    dana.press("Show the sessions")
    dana.look("cover-sessions", "CBT skills", "2 expected", "Carla Reyes: ")
    dana.press("Show what everyone will read")
    dana.look(
        "cover-preview", "is led by Carla Reyes, without Felix Grant.", "It is told to 2 people in care"
    )
    dana.press("Do it and tell everyone")
    dana.look("cover-done", "0 of 4 have been told", "to be told by you")
    dana.press("I told them Ana Ruiz")
    dana.look("cover-told", "1 of 4 have been told")
    assert Session.objects.get(local_day=MONDAY).staff.get().practitioner_id == cast.clinician.practitioner
    assert Absence.objects.count() == 1
