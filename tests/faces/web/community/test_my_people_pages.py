"""People let in: the page of mine, two taps to stop it, and the family's page that closes by itself."""

from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import plan_cast
from tests.cast import MONDAY, MORNING, at
from tests.pathway.privacy import consent_cast as cast_of
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.family.invitations import invite_patient, invite_relation
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(15, day=MONDAY), tick=False):
        yield


def browser_of(email):
    browser = Client()
    browser.force_login(Account.objects.get_by_natural_key(email))
    return browser


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def story(cast):
    """Kim, her mother who may see when she came, and both at their phones."""
    patient = cast_of.kim(cast)
    plan_cast.attend(cast, patient.episodes.get().uid, MONDAY)
    mother = cast_of.mother_of(cast, patient)
    invite_patient(patient.uid, email="kim@mail.test", by=cast.clinician, at=MORNING)
    her = actor_for(Account.objects.get_by_natural_key("kim@mail.test").pk)
    cast_of.signed(cast, patient, cast_of.for_mother(mother))
    invite_relation(mother, email="rosa@mail.test", by=her, at=MORNING)
    return patient, mother, browser_of("kim@mail.test"), browser_of("rosa@mail.test")


def test_two_taps_close_the_open_page(story):
    patient, mother, kim, rosa = story
    page = rosa.get(reverse("family_person", args=[patient.uid]))
    assert "no-store" in page.headers["Cache-Control"]
    assert "You can see it until May 31, 2026." in words(page)
    still = f"{reverse('family_still', args=[patient.uid])}?seen=attendance"
    assert rosa.get(still).status_code == 204
    mine = words(kim.get(reverse("my_people")))
    assert "whether you came" in mine and "Until May 31, 2026." in mine
    assert "you decide alone who is told" in mine
    seen = words(kim.get(reverse("my_person_seen", args=[mother])))
    assert "Monday, March 2, 2026" in seen and "This is all they see" in seen
    assert kim.get(f"{reverse('my_let_in')}?whom={mother}").content.decode().count(" selected") == 1
    assert "it closes" in words(kim.get(reverse("my_person_stop", args=[mother])))
    stopped = kim.post(reverse("my_person_stop", args=[mother]), {"once": str(uuid4())})
    assert stopped.status_code == 302
    never = rosa.get(f"{reverse('family_still', args=[uuid4()])}?seen=attendance")
    gone = rosa.get(still)
    assert (gone.status_code, gone.content, never.content) == (404, b"", b"")
    assert rosa.get(reverse("family_person", args=[patient.uid])).status_code == 404
    assert "There is nothing here for you now." in words(rosa.get(reverse("family")))
    assert rosa.get(reverse("my_people")).status_code == 403
    assert kim.get(reverse("my_person_stop", args=[uuid4()])).status_code == 404


def test_lessons_are_read_and_ticked_off(story):
    *_, rosa = story
    page = words(rosa.get(reverse("family")))
    assert page.index("If they don&#x27;t wake up") < page.index("Talk so that it can be heard")
    assert "tel:911" in words(rosa.get(reverse("family_lesson", args=["overdose"])))
    assert rosa.get(reverse("family_lesson", args=["nothing"])).status_code == 404
    done = rosa.post(reverse("family_lesson_done", args=["limits"]), {"once": str(uuid4())})
    assert done.status_code == 302
    assert "Done" in words(rosa.get(reverse("family")))
