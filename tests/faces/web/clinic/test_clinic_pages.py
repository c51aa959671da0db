"""The clinic is set up in an empty installation, and changed while it runs."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from tests.cast import MONDAY, MORNING
from tests.week_cast import a_group
from throughcare.pathway.program_settings import number
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.organizations import Organization, Site
from throughcare.records.people import Account, Practitioner
from throughcare.records.sessions import Session
from throughcare.records.timetables import Room, Shift

FIRST = {
    "organization": "Harbor House",
    "phone": "",
    "site": "Main Street",
    "time_zone": "America/New_York",
    "address": "",
    "given_name": "Zoë",
    "family_name": "O'Neil",
    "email": "Zoe@harbor.test",
    "password": "a long enough pass phrase",
}


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


@pytest.mark.django_db
def test_the_first_run_sets_up_a_clinic_and_leads_to_what_is_left(client):
    assert client.get("/").url == reverse("first_run")
    assert "Set up your clinic" in client.get(reverse("first_run")).content.decode()
    answer = client.post(reverse("first_run"), FIRST, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("protect")
    assert "Set up a second step" in answer.content.decode()
    client.force_login(Account.objects.get())
    shown = client.get(reverse("clinic")).content.decode()
    assert "Before the first day" in shown and "Add a room" in shown and "Hire someone" in shown
    assert Account.objects.get().email == "zoe@harbor.test"
    assert Site.objects.get().time_zone == "America/New_York"


@pytest.mark.django_db
def test_a_short_password_writes_nothing(client):
    answer = client.post(reverse("first_run"), {**FIRST, "password": "short"})
    assert answer.status_code == 422
    assert "at least 15 characters" in answer.content.decode()
    assert not Organization.objects.exists()


def test_the_first_run_is_closed_once_there_is_a_clinic(cast, client):
    for answer in (client.get(reverse("first_run")), client.post(reverse("first_run"), FIRST)):
        assert answer.url == reverse("home")
    assert Organization.objects.count() == 1


def test_a_room_is_added_and_closed_unless_a_group_meets_in_it(cast, client):
    sign_in(client, cast.admin)
    form = {"site": str(cast.site), "name": "Green room", "kind": "group", "capacity": "10"}
    assert client.post(reverse("new_room"), form).status_code == 302
    again = client.post(reverse("new_room"), form)
    assert again.status_code == 422
    assert "a room called Green room already" in again.content.decode()
    client.post(reverse("close_room", args=[Room.objects.get(name="Green room").uid]))
    assert Room.objects.get(name="Green room").closed_at == MORNING
    a_group(cast)
    answer = client.post(reverse("close_room", args=[cast.group_room]))
    assert answer.status_code == 409
    assert "CBT skills meets in Blue room. Move them first." in answer.content.decode()


def test_someone_is_hired_with_shifts_and_suspended(cast, client):
    sign_in(client, cast.admin)
    form = {
        "site": str(cast.site),
        "given_name": "Sofía",
        "family_name": "Marín",
        "email": "sofia@harbor.test",
        "roles": ["facilitator"],
        "credential": "LADC",
        "languages": "en, es",
        "skills": ["process"],
    }
    answer = client.post(reverse("new_staff"), form)
    account = Account.objects.get_by_natural_key("sofia@harbor.test")
    assert answer.url == reverse("staff_member", args=[account.uid])
    assert "No shift yet" in client.get(answer.url).content.decode()
    shift = {"site": str(cast.site), "weekdays": ["0", "2"], "starts": "09:00", "ends": "17:00"}
    url = reverse("new_shift", args=[account.uid])
    assert client.post(url, {**shift, "from_date": "2026-03-02"}).status_code == 302
    who = Practitioner.objects.get(account=account)
    assert Shift.objects.filter(practitioner=who).count() == 2
    assert "Mondays, 9:00 AM–5:00 PM" in client.get(answer.url).content.decode()
    client.post(reverse("suspend_staff", args=[account.uid]))
    account.refresh_from_db()
    assert account.suspended_at == MORNING
    client.post(reverse("bring_back_staff", args=[account.uid]))
    account.refresh_from_db()
    assert account.suspended_at is None


def test_a_suspended_leader_leaves_sessions_without_one(cast, client):
    a_group(cast)
    extend_sessions(cast.organization, until=date(2026, 3, 9), at=MORNING)
    sign_in(client, cast.admin)
    felix = Account.objects.get(pk=cast.facilitator.account)
    client.post(reverse("suspend_staff", args=[felix.uid]))
    assert all(row.staff.count() == 0 for row in Session.objects.all())
    assert "No facilitator" in client.get(reverse("week_board")).content.decode()


def test_nobody_suspends_themself(cast, client):
    sign_in(client, cast.admin)
    me = Account.objects.get(pk=cast.admin.account)
    assert client.post(reverse("suspend_staff", args=[me.uid])).status_code == 409


def test_roles_are_changed_and_the_last_way_in_is_kept(cast, client):
    sign_in(client, cast.admin)
    bo = Account.objects.get(pk=cast.biller.account)
    url = reverse("staff_roles", args=[bo.uid])
    assert client.post(url, {"roles": ["biller", "reviewer"]}).status_code == 302
    held = set(bo.role_grants.filter(ended_at__isnull=True).values_list("role", flat=True))
    assert held == {"biller", "reviewer"}
    mine = reverse("staff_roles", args=[Account.objects.get(pk=cast.admin.account).uid])
    assert client.post(mine, {"roles": ["biller"]}).status_code == 422


def test_a_number_is_set_within_its_range_from_a_day_on(cast, client):
    sign_in(client, cast.director)
    assert "California DMC-ODS" in client.get(reverse("settings")).content.decode()
    url = reverse("setting", args=["group.max.counseling"])
    refused = client.post(url, {"value": "99", "effective_date": "2026-03-09"})
    assert refused.status_code == 422
    assert "4 to 35" in refused.content.decode()
    assert client.post(url, {"value": "10", "effective_date": "2026-03-09"}).status_code == 302
    key, organization = "group.max.counseling", cast.organization
    assert number(key, organization=organization, on=MONDAY) == 12
    assert number(key, organization=organization, on=date(2026, 3, 9)) == 10
    assert client.get(reverse("setting", args=["no.such"])).status_code == 404


def test_a_closed_day_cancels_its_sessions(cast, client):
    a_group(cast)
    extend_sessions(cast.organization, until=date(2026, 3, 9), at=MORNING)
    sign_in(client, cast.admin)
    form = {"day": "2026-03-09", "name": "Founders' day", "site": ""}
    assert client.post(reverse("new_holiday"), form).status_code == 302
    assert Session.objects.get(local_day=date(2026, 3, 9)).cancelled_because == "Closed: Founders' day"
    assert "Founders&#x27; day" in client.get(reverse("clinic")).content.decode()


@pytest.mark.parametrize("role", ["clinician", "facilitator", "biller", "compliance"])
def test_the_set_up_is_for_administrators(cast, client, role):
    sign_in(client, getattr(cast, role))
    for name in ("clinic", "settings", "new_staff", "new_room"):
        assert client.get(reverse(name)).status_code == 403


def test_the_clinics_page_costs_a_constant_number_of_queries(cast, client, django_assert_max_num_queries):
    sign_in(client, cast.admin)
    with django_assert_max_num_queries(20):
        client.get(reverse("clinic"))
