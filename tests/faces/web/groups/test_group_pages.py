"""The pages of groups, as those who set them up use them."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from tests.cast import MONDAY, MORNING
from tests.week_cast import a_group, admit
from throughcare.pathway.clinic.founding import add_room
from throughcare.pathway.group.group import join_group
from throughcare.records.people import Account
from throughcare.records.timetables import Group, GroupFacilitator, GroupMeeting


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def test_a_group_is_opened_given_a_time_and_a_leader(cast, client):
    sign_in(client, cast.admin)
    form = {
        "name": "Staying on track",
        "session_type": "relapse-prevention",
        "track": "evening",
        "variant": "mixed",
        "capacity": "10",
        "opened_date": "2026-03-02",
        "room": str(cast.group_room),
    }
    too_big = client.post(reverse("new_group"), {**form, "capacity": "13"})
    assert too_big.status_code == 422
    assert "at most 12 seats" in too_big.content.decode()
    answer = client.post(reverse("new_group"), form)
    group = Group.objects.get()
    assert answer.url == reverse("new_time", args=[group.uid])
    slot = {
        "weekday": "0",
        "starts": "10:00",
        "minutes": "90",
        "break_minutes": "10",
        "from_date": "2026-03-02",
    }
    early = client.post(answer.url, slot)
    assert early.status_code == 422
    assert "evening track meets" in early.content.decode()
    assert client.post(answer.url, {**slot, "starts": "17:30"}).status_code == 302
    lead = {"practitioner": str(cast.practitioner_uid(cast.clinician)), "from_date": "2026-03-02"}
    refused = client.post(reverse("new_lead", args=[group.uid]), lead)
    assert "has no skill “relapse-prevention”" in refused.content.decode()
    lead["practitioner"] = str(cast.practitioner_uid(cast.facilitator))
    assert client.post(reverse("new_lead", args=[group.uid]), lead).status_code == 302
    shown = client.get(reverse("group", args=[group.uid])).content.decode()
    assert "Mondays, 5:30–7:00 PM" in shown
    assert "Felix Grant" in shown


def test_each_change_of_a_group_has_its_page(cast, client):
    group = a_group(cast)
    green = add_room(cast.site, name="Green room", kind="group", capacity=20, by=cast.admin, at=MORNING)
    sign_in(client, cast.director)
    meeting, lead = GroupMeeting.objects.get(), GroupFacilitator.objects.get()
    slot = {
        "weekday": "1",
        "starts": "11:00",
        "minutes": "60",
        "break_minutes": "0",
        "from_date": "2026-03-09",
    }
    carla = str(cast.practitioner_uid(cast.clinician))
    for name, args, form in (
        ("change_time", [group, meeting.uid], slot),
        ("hand_over", [group, lead.uid], {"practitioner": carla, "from_date": "2026-03-09"}),
        ("group_room", [group], {"room": str(green), "from_date": "2026-03-09", "telehealth_url": ""}),
        ("group_seats", [group], {"capacity": "8"}),
        ("close_group", [group], {"until_date": "2026-06-01"}),
    ):
        url = reverse(name, args=args)
        assert client.get(url).status_code == 200, name
        answer = client.post(url, form)
        assert answer.status_code == 302, (name, answer.content.decode())
    row = Group.objects.get()
    assert (row.capacity, row.ended_date) == (8, date(2026, 6, 1))
    assert row.places.get().room.name == "Green room"


def test_the_list_shows_groups_by_track_with_seats_taken(cast, client, django_assert_max_num_queries):
    group = a_group(cast)
    ana = admit(cast, "Ana", "Ruiz")
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    for hour in range(11, 17):
        a_group(cast, name=f"At {hour}", starts=time(hour), led=False)
    sign_in(client, cast.facilitator)
    with django_assert_max_num_queries(16):
        shown = client.get(reverse("groups")).content.decode()
    assert "1 of 12" in shown
    assert "Mondays, 10:00–11:00 AM" in shown
    assert "No facilitator" in shown
    assert "Ruiz" not in shown


def test_members_are_named_to_those_who_may_see_schedules_only(cast, client):
    group = a_group(cast)
    ana = admit(cast, "Ana", "Ruiz")
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    url = reverse("group", args=[group])
    assert "Ana Ruiz" in sign_in(client, cast.facilitator).get(url).content.decode()
    assert "Ana Ruiz" not in sign_in(client, cast.admin).get(url).content.decode()
    assert sign_in(client, cast.biller).get(url).status_code == 403


def test_a_facilitator_sets_up_no_groups(cast, client):
    sign_in(client, cast.facilitator)
    assert client.get(reverse("new_group")).status_code == 403
