"""Kim, sixteen, and her mother: what Kim allows is seen, from when she signs until the minute she takes it back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import plan_cast
from tests.cast import MONDAY, at
from tests.journeys.walker import CHANGING, PHONE
from tests.pathway.privacy.consent_cast import kim as the_patient
from throughcare.pathway.people.people import NewRelatedPerson, add_related_person
from throughcare.records.accesses import Access
from throughcare.records.disclosures import Disclosure
from throughcare.records.people import Account

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TUESDAY, WEDNESDAY = (MONDAY + timedelta(days=n) for n in (1, 2))


def test_the_mother_sees_attendance_and_nothing_else_until_two_in_the_afternoon(cast, clock, someone):
    patient = the_patient(cast)
    plan_cast.attend(cast, patient.episodes.get().uid, MONDAY)
    mother = NewRelatedPerson("Rosa Vance", "mother")
    add_related_person(patient.uid, mother, by=cast.clinician, at=at(9, 30))
    clock.set(at(10, day=TUESDAY))
    carla = someone("carla@harbor.test")
    lets_them_sign_in(carla, patient)
    prepares_for_the_mother(carla, patient)
    kim, rosa = someone("kim@mail.test", size=PHONE), someone("rosa@mail.test", size=PHONE)
    page_of_kim = reverse("family_person", args=[patient.uid])
    sees_nothing(rosa, page_of_kim)
    signs_on_her_phone(kim)
    sees_nothing(rosa, page_of_kim)  # within the day's notice
    clock.set(at(13, 30, day=WEDNESDAY))
    sees_attendance_only(rosa, patient, page_of_kim)
    clock.set(at(14, day=WEDNESDAY))
    takes_it_back(kim)
    clock.set(at(14, 1, day=WEDNESDAY))
    sees_nothing(rosa, page_of_kim)
    stays_written()
    probation_stays(carla, kim, patient)


def lets_them_sign_in(carla, patient):
    """Staff open an account for Kim, and one for her mother because Kim asks for it."""
    carla.go(reverse("patient", args=[patient.uid]))
    carla.follow("Privacy")
    carla.look("consents-none", "Nobody outside may be told anything.")
    carla.follow("Invite Kim Vance")
    carla.fill("E-mail address", "kim@mail.test")
    carla.look("invite-patient")
    carla.press("Make the link")
    carla.look("invited", "It is shown only now.")
    carla.follow("Done")
    carla.follow("Invite Rosa Vance")
    carla.fill("E-mail address", "rosa@mail.test")
    carla.press("Make the link")
    carla.follow("Done")


def prepares_for_the_mother(carla, patient):
    carla.follow("Consent for someone close")
    carla.select("Who may be told?", "Rosa Vance")
    carla.pick("What may be told?", "Attendance")
    carla.pick("When does it end?", "90 days")
    carla.pick("Which care is it about?", "Substance use")
    carla.look("consent-new")
    carla.press("Make the words to sign")
    carla.look("consent-draft", "You let Harbor House tell Rosa Vance:", "It ends on June 1, 2026")


def signs_on_her_phone(kim):
    kim.go(reverse("my_privacy"))
    kim.look("my-privacy-to-sign", "Something to read and sign", "You have given no consent that counts now.")
    kim.follow("Read it")
    kim.look("my-consent", "whether you came", "You sign this yourself.")
    kim.follow("I have read it")
    kim.pick("What may Rosa Vance be told?", "Everything in my record")
    kim.pick("What if you change your mind later?", "I can take this back at any time")
    with kim.refused():
        kim.press("Check")
    kim.look("my-questions-again", "Rosa Vance may be told nothing else.")
    kim.pick("What may Rosa Vance be told?", "Only what is listed here")
    kim.press("Check")
    kim.fill("Full name", "Kim Vance")
    kim.tick("I have read this")
    draws(kim)
    kim.look("my-signature")
    kim.press("Sign it")
    kim.look("my-privacy", "You signed it.", "Rosa Vance", "Whether you came.", "It ends after June 1, 2026")


def draws(kim):
    """A stroke in the frame, as a finger makes it."""
    frame = kim.page.locator("canvas")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    kim.page.mouse.move(box["x"] + 20, box["y"] + 40)
    kim.page.mouse.down()
    kim.page.mouse.move(box["x"] + 120, box["y"] + 60, steps=4)
    kim.page.mouse.up()
    assert kim.page.locator("[name=drawn]").input_value().startswith("M")


def sees_nothing(rosa, page_of_kim):
    absent = rosa.context.request.get(reverse("family_person", args=["00000000-0000-0000-0000-000000000007"]))
    answer = rosa.context.request.get(page_of_kim)
    assert (answer.status, absent.status) == (404, 404)
    # But for the address that was asked for, and the token of the form that changes the language.
    assert CHANGING.sub("", answer.text()) == CHANGING.sub("", absent.text())
    assert "no-store" in answer.headers["cache-control"]
    rosa.go(reverse("family"))
    rosa.look("family-nothing", "There is nothing here for you now.")
    assert "Kim" not in rosa.page.content()


def sees_attendance_only(rosa, patient, page_of_kim):
    rosa.go(reverse("family"))
    rosa.look("family", "Kim Vance", "Attendance")
    rosa.follow("Kim Vance")
    rosa.look("family-person", "Monday, March 2, 2026", "Came")
    said = rosa.page.locator("main").inner_text()
    for other in ("PHQ", "Plan", "Evening IOP", "group", "Felix"):
        assert other not in said, other
    assert rosa.path == page_of_kim
    rosa.go(reverse("family"))  # an open page closes by itself: that story is told in test_a_mother
    for name in ("patient", "progress", "patient_notes", "care_plan", "patient_week", "hour_ledger"):
        answer = rosa.context.request.get(reverse(name, args=[patient.uid]))
        assert answer.status in (403, 404), name
        assert "Kim" not in answer.text()


def takes_it_back(kim):
    """Two taps: the link, and the button."""
    kim.go(reverse("my_privacy"))
    kim.follow("Take this back")
    kim.look("my-take-back", "What was told before stays told.")
    kim.press("Yes, take it back")
    kim.look("my-privacy-taken-back", "You took it back.", "You have given no consent that counts now.")


def stays_written():
    rosa = Account.objects.get_by_natural_key("rosa@mail.test").pk
    seen = Access.objects.filter(account=rosa, allowed=True)
    assert {tuple(row.kinds) for row in seen} == {("attendance",)}
    assert Disclosure.objects.filter(method="page", sent_at__isnull=False).count() == 1


def probation_stays(carla, kim, patient):
    carla.go(reverse("new_consent", args=[patient.uid, "justice"]))
    carla.select("Who may be told?", "Someone not on the list")
    carla.fill("Name of the person", "Officer Hart")
    carla.select("What they are", "probation, parole")
    carla.pick("What may be told?", "Attendance")
    carla.pick("When does it end?", "With an event")
    carla.fill("The event", "your supervision ends")
    carla.tick("It can't be taken back before the event")
    carla.pick("Which care is it about?", "Substance use")
    carla.look("consent-new-justice")
    carla.press("Make the words to sign")
    carla.follow("Read it together and check")
    carla.pick("What may Officer Hart be told?", "Only what is listed here")
    carla.pick("Can you take this back early?", "No, not until your supervision ends")
    carla.look("consent-questions")
    carla.press("Check the answers")
    carla.fill("Full name", "Kim Vance")
    carla.tick("I have read this")
    carla.look("consent-sign", "You are the witness")
    carla.press("Sign it")
    carla.look(
        "consent-signed", "witnessed by Carla Reyes", "can't be taken back until your supervision ends"
    )
    carla.follow("Print a copy")
    carla.look("consent-print", "Officer Hart")
    kim.go(reverse("my_privacy"))
    kim.look("my-privacy-probation", "Officer Hart", "can't be taken back until your supervision ends")
    assert kim.page.get_by_role("link", name="Take this back").count() == 0
