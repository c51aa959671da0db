"""An empty installation becomes a clinic: organization, site, first administrator, rooms, staff, groups."""

import pytest
from django.urls import reverse

from tests.journeys.walker import DESK, PHONE, Walker
from throughcare.records.organizations import Organization, Site
from throughcare.records.people import Account, Practitioner
from throughcare.records.timetables import Group, Room, Shift

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SAM, LENA = "sam@lakeside.test", "lena@lakeside.test"
PHRASE = "seven herons over the lake"


def come_in(walker: Walker, email: str) -> None:
    """Come through the door with both factors; the door has a journey of its own."""
    walker.sign_in(email)
    walker.go(reverse("clinic"))


def set_up(sam: Walker) -> None:
    """The first page of an empty installation."""
    sam.go("/")
    sam.look("first-run", "Set up your clinic")
    with sam.refused():
        sam.press("Set up the clinic")
    sam.look("first-run-refused", "Name the organization", "Choose the time zone", "Choose a password")
    sam.fill("Organization", "Lakeside Recovery")
    sam.fill("First site", "Harbor Street")
    sam.select("Time zone of the site", "America/Chicago")
    sam.fill("Your given name", "Sam")
    sam.fill("Your family name", "Moreau")
    sam.fill("Your email address", SAM)
    sam.fill("Your password", PHRASE)
    sam.press("Set up the clinic")
    sam.look("first-run-done")


def add_rooms(sam: Walker) -> None:
    """Two rooms of the site."""
    for name, kind, holds in (("Lake room", "Group room", "14"), ("Office 1", "Office", "4")):
        sam.follow("Add a room")
        sam.look("clinic-new-room", "Add a room")
        sam.fill("Name", name)
        sam.select("Kind", kind)
        sam.fill("How many people it holds", holds)
        sam.press("Add the room")
    sam.look("clinic-rooms", "The room is open.", "Lake room", "Office 1")


def hire_lena(sam: Walker) -> None:
    """A clinician who leads groups, with a shift."""
    sam.follow("Hire someone")
    sam.look("clinic-new-staff", "Hire someone")
    sam.fill("Given name", "Lena")
    sam.fill("Family name", "Ortega")
    sam.fill("Email address", LENA)
    sam.page.get_by_role("group", name="Roles").get_by_label("Clinician:").check()
    sam.select("Credential", "LCSW")
    sam.pick("What they may lead or do", "Cbt", "Therapy")
    sam.press("Hire")
    sam.look("clinic-staff-member", "No shift yet")
    sam.follow("Add shifts")
    sam.look("clinic-new-shift")
    sam.pick("Days", "Monday", "Wednesday")
    sam.fill("From", "08:00", within="main form div:has(> input[name=starts])")
    sam.fill("Until", "18:00")
    sam.press("Add")
    sam.look("clinic-shifts", "Mondays, 8:00 AM–6:00 PM")


def open_group(sam: Walker) -> None:
    """A group with a weekly time that Lena leads."""
    sam.go(reverse("session_types"))
    sam.look("clinic-session-types", "Cognitive behavioral therapy")
    sam.go(reverse("groups"))
    sam.look("groups-none", "No group yet")
    sam.follow("Open a group")
    sam.look("group-new")
    sam.fill("Name", "Thoughts and choices")
    sam.select("Session type", "Cognitive behavioral therapy")
    sam.page.get_by_role("group", name="Track").get_by_label("Day:").check()
    sam.fill("First day", "2026-03-02")
    sam.select("Room", "Lake room")
    sam.press("Open the group")
    sam.look("group-new-time", "A weekly time")
    sam.select("Day of the week", "Monday")
    sam.fill("Starts at", "10:00")
    sam.press("Add the time")
    sam.look("group-no-leader", "No facilitator", "Mondays, 10:00–11:00 AM")
    sam.follow("Add a facilitator")
    sam.look("group-new-leader")
    sam.select("Who leads", "Lena Ortega")
    sam.press("Let them lead")
    sam.look("group-set-up", "Lena Ortega, LCSW")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_empty_installation_becomes_a_clinic(at_a_browser, clock, size):
    sam = at_a_browser(size=size)
    set_up(sam)
    come_in(sam, SAM)
    sam.look("clinic-first-day", "Before the first day", "Harbor Street")
    add_rooms(sam)
    hire_lena(sam)
    open_group(sam)
    sam.go(reverse("clinic"))
    sam.look("clinic-set-up", "Lena Ortega", "Lake room")
    assert "Before the first day" not in sam.page.inner_text("main")

    assert Organization.objects.get().name == "Lakeside Recovery"
    assert Site.objects.get().time_zone == "America/Chicago"
    assert set(Account.objects.values_list("email", flat=True)) == {SAM, LENA}
    assert (Room.objects.count(), Shift.objects.count(), Practitioner.objects.count()) == (2, 2, 1)
    assert Group.objects.get().meetings.count() == 1
    sam.go(reverse("first_run"))
    assert sam.page.url.rstrip("/") != f"{sam.home}{reverse('first_run')}"
