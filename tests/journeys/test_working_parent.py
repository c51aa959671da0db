"""A working parent's week on a phone: one session they can't come to, one make-up, a time of their own, a calendar."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.journeys.walker import PHONE
from tests.lines_cast import saturday_group
from tests.sessions_cast import THURSDAY, WEDNESDAY, admit, hold, open_group
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.week.commitments import NewCommitment, add_commitment

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TUESDAY = MONDAY + timedelta(days=1)


def test_a_working_parents_week_with_one_miss_and_one_make_up(cast, someone, clock):
    ana, group = admit(cast, "Ana", "Silva"), open_group(cast)
    for day in (MONDAY, WEDNESDAY, THURSDAY):
        hold(cast, ana, group=group, day=day)
    saturday_group(cast, admit(cast, "Wim"))
    shifts = NewCommitment("work", "Bakery", weekday=1, starts=time(6), ends=time(14))
    add_commitment(ana.uid, shifts, by=cast.clinician, at=at(8))
    invite_patient(ana.uid, email="ana@mail.test", by=cast.clinician, at=at(8))
    clock.set(at(9, day=TUESDAY))
    phone = someone("ana@mail.test", size=PHONE)
    phone.go(reverse("my_week"))
    phone.look("my-week", "Bakery", "your own time", "The way there", "9 of 9")
    phone.follow("I can’t come Evening process on Wednesday, March 4")
    phone.look("cannot-come", "It happens.")
    phone.pick("Why can't you come?", "I have to work")
    phone.press("Tell them I can’t come")
    phone.look("cannot-come-offers", "Thank you for telling us.", "Weekend process")
    phone.press("Take this seat")
    phone.look("my-make-up-taken", "The seat is yours.", "Your week is whole")
    phone.follow("Back to your week")
    phone.look("my-week-whole", "Make-up", "Not this time")
    phone.follow("Change your times")
    phone.follow("Add a time")
    phone.look("add-own-time")
    phone.pick("What is it?", "Child care")
    phone.fill("In a few words", "Leo")
    phone.pick("How often?", "Every week")
    phone.select("Day of the week", "Sunday")
    phone.fill("From", "08:00")
    phone.fill("Until", "12:00")
    phone.press("Add it")
    phone.look("my-times", "It is in your week.", "Leo")
    phone.go(reverse("my_calendars"))
    phone.follow("Add a calendar")
    phone.fill("What do you call this calendar?", "My phone")
    phone.press("Make the address")
    phone.look("calendar-made", ".ics")
