"""An evening at the door: the room's code on a phone and at the kiosk, the page that shows it at once, and the end."""

import pytest
from django.urls import reverse

from tests.cast import at
from tests.journeys.walker import PHONE
from tests.sessions_cast import admit, hold, open_group
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.attendance import Attendance
from throughcare.records.check_ins import CheckIn, ClimateCount

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session(cast, clock):
    """Four are expected at half past five; Dov has a phone, Eve comes to the kiosk."""
    people = [admit(cast, name, name[0] + "ole") for name in ("Ana", "Ben", "Dov", "Eve")]
    invite_patient(people[2].uid, email="dov@mail.test", by=cast.clinician, at=at(9))
    clock.set(at(17, 25))
    return hold(cast, *people, group=open_group(cast))


def test_people_show_that_they_are_there_and_the_facilitator_sees_it_at_once(session, someone, clock):
    felix, dov, tablet = (
        someone("felix@harbor.test"),
        someone("dov@mail.test", size=PHONE),
        someone("nia@harbor.test"),
    )
    felix.go(reverse("session", args=[session]))
    screen = felix.context.new_page()
    screen.goto(felix.home + reverse("session", args=[session]))
    screen.get_by_role("button", name="Code for the room").click()
    code = "".join(screen.locator(".room-digits span").all_inner_texts())

    dov.follow("I'm in the room")
    dov.page.get_by_label("Code").fill(code)
    dov.press("I'm here")
    dov.page.get_by_role("group", name="How is your mood").get_by_label("1", exact=True).check()
    dov.page.get_by_label("Anything you want").fill("I can't see how this goes on.")
    dov.examine("check-in")
    dov.press("Check in")

    # The open page asks by itself; nobody has reloaded it.
    row = felix.page.locator(".door-row", has_text="Dov Dole")
    row.get_by_role("button", name="Present", pressed=True).wait_for(timeout=25_000)
    felix.follow("Check-ins")
    first = felix.page.locator(".said").first
    assert "Dov Dole" in first.inner_text() and "Ask about safety" in first.inner_text()
    felix.examine("check-ins")

    tablet.go(reverse("begin_kiosk"))
    tablet.page.get_by_label("Site").select_option(index=1)
    tablet.press("Make it a kiosk")
    tablet.page.get_by_label("Code").fill(code)
    tablet.press("Go on")
    tablet.page.get_by_label("Your two initials").fill("EE")
    tablet.page.get_by_label("Your birthday").fill("5/4")
    tablet.examine("kiosk")
    tablet.press("Go on")
    tablet.press("Done")
    assert tablet.page.get_by_label("Your two initials").input_value() == ""
    assert "Eve" not in tablet.page.content()
    assert [row.status for row in Attendance.objects.all()] == ["present", "present"]
    assert CheckIn.objects.count() == 2

    clock.set(at(20, 27))
    dov.go(reverse("my_sessions"))
    dov.follow("How was it?")
    dov.page.get_by_label("What do you take with you today?").fill("I am not alone with it.")
    dov.press("Send")
    dov.page.get_by_role("group", name="I felt safe here.").get_by_label("Yes").check()
    dov.examine("climate")
    dov.press("Send without my name")
    assert ClimateCount.objects.get(statement="safe").yes == 1
    for walker in (felix, dov, tablet):
        assert walker.troubles == []
