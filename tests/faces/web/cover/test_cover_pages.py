"""The pages of cover, from “Someone is ill?” on Today to who has been told."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.cast import MONDAY, MORNING
from tests.week_cast import a_group, admit
from throughcare.pathway.group.group import join_group
from throughcare.pathway.week.schedule import cancel_session, extend_sessions
from throughcare.records.people import Account
from throughcare.records.sessions import Session
from throughcare.records.timetable_runs import WeekNotice
from throughcare.records.week_changes import WeekChange
from throughcare.records.week_rules import Absence

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def group(cast):
    ana = admit(cast, "Ana", "Ruiz")
    found = a_group(cast)
    join_group(found, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=7), at=MORNING)
    return Session.objects.get(group__uid=found, local_day=MONDAY)


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def query(cast) -> str:
    return f"?who={cast.practitioner_uid(cast.facilitator)}&first=2026-03-02&last="


def chosen(session, **choice) -> dict[str, object]:
    """What the form of one session posts."""
    said = {"act": "cancel", "because": "We call you.", **choice}
    return {"because": "Felix Grant is away.", **{f"{session.uid}-{key}": said[key] for key in said}}


def preview(client, cast, session, **choice):
    return client.post(reverse("preview_cover") + query(cast), chosen(session, **choice))


def test_from_today_to_who_has_been_told(cast, client, group):
    sign_in(client, cast.director)
    assert "Someone is ill?" in client.get(reverse("today")).content.decode()
    page = client.get(reverse("cover") + query(cast)).content.decode()
    for words in (
        "CBT skills",
        "Mon, Mar 2, 10:00–11:00 AM",
        "Ana Ruiz",
        "Carla Reyes: ",
        "isn&#x27;t down as",
    ):
        assert words in page
    # What fits best is chosen already: one press shows what everyone will read.
    carla = str(cast.practitioner_uid(cast.clinician))
    assert re.search(rf'value="{carla}"[^>]*checked', page)
    shown = preview(client, cast, group, act="cover", leaders=[carla]).content.decode()
    assert "is led by Carla Reyes, without Felix Grant." in shown and "Not done yet" in shown
    assert not WeekNotice.objects.exists()
    form = dict(HIDDEN.findall(shown))
    done = client.post(reverse("send_cover") + query(cast), form)
    change = WeekChange.objects.get()
    assert done.status_code == 302 and done.url == reverse("week_change", args=[change.uid])
    assert Absence.objects.get().first_day == MONDAY
    told = client.get(done.url).content.decode()
    assert "to be told by you" in told and "Ana Ruiz" in told
    notice = WeekNotice.objects.get(patient__isnull=False)
    client.post(reverse("told_of_change", args=[change.uid, notice.uid]))
    assert "1 of 3 have been told" in client.get(done.url).content.decode()
    assert "Cover for someone away" in client.get(reverse("week_changes")).content.decode()


def test_a_double_press_sends_it_once(cast, client, group):
    sign_in(client, cast.director)
    form = dict(HIDDEN.findall(preview(client, cast, group).content.decode()))
    landed = [client.post(reverse("send_cover") + query(cast), form).url for _ in range(2)]
    assert landed[0] == landed[1]
    assert WeekChange.objects.count() == 1 and WeekNotice.objects.count() == 2


def test_the_second_to_send_reads_what_changed_and_can_send_what_is_shown_then(cast, client, group):
    sign_in(client, cast.director)
    form = dict(HIDDEN.findall(preview(client, cast, group).content.decode()))
    cancel_session(group.uid, because="No heat", by=cast.clinician, at=MORNING)
    answer = client.post(reverse("send_cover") + query(cast), form)
    assert answer.status_code == 422
    assert "is canceled: No heat." in answer.content.decode()
    assert not WeekChange.objects.exists()


def test_a_choice_that_lacks_something_is_shown_again_with_what_to_mend(cast, client, group):
    sign_in(client, cast.director)
    answer = preview(client, cast, group, act="move")
    assert answer.status_code == 422
    assert "Choose the new day" in answer.content.decode()
    nothing = client.post(reverse("preview_cover") + query(cast), {"because": "Away."})
    assert nothing.status_code == 422
    assert "Choose what becomes of it" in nothing.content.decode()
    days = "&first=2026-03-05&last=2026-03-04"
    wrong = client.get(reverse("cover") + f"?who={cast.practitioner_uid(cast.facilitator)}{days}")
    assert wrong.status_code == 422 and "The last day comes after the first" in wrong.content.decode()


def test_who_may_not_change_the_week_has_no_page_of_cover(cast, client, group):
    for role in (cast.facilitator, cast.nurse, cast.biller, cast.front_desk, cast.compliance):
        assert sign_in(client, role).get(reverse("cover")).status_code == 403
    assert "Someone is ill?" not in sign_in(client, cast.facilitator).get(reverse("today")).content.decode()


def test_where_hours_are_lost_the_page_leads_to_what_makes_them_up(cast, client, group):
    sign_in(client, cast.director)
    form = dict(HIDDEN.findall(preview(client, cast, group).content.decode()))
    done = client.post(reverse("send_cover") + query(cast), form)
    page = client.get(done.url).content.decode()
    ana = group.appointments.get().patient.uid
    assert f"{reverse('make_ups', args=[ana])}?week=2026-03-02" in page
    assert "Make it up" not in sign_in(client, cast.admissions).get(done.url).content.decode()
