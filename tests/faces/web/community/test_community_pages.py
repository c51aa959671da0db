"""The community, mentors and lessons on their pages: what is shown, what never is, and what bad input gets."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.pathway.community.community_cast import AUTUMN, NOW, an_evening, ana, lee, matched
from throughcare.pathway.community.name import choose_name
from throughcare.records.community import Event, EventReply, Mentoring
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def people(cast):
    return ana(cast), lee(cast)


def at_a_browser(actor):
    browser = Client()
    browser.force_login(Account.objects.get(pk=actor.account))
    return browser


def words(answer):
    return " ".join(answer.content.decode().split())


def post(browser, route, *args, status=302, **said):
    answer = browser.post(reverse(route, args=args), {"once": str(uuid4()), **said})
    assert answer.status_code == status, words(answer)
    return answer


def test_staff_put_an_event_up_and_somebody_comes_without_a_name(cast, people):
    (_, her), _ = people
    staff, phone = at_a_browser(cast.case_manager), at_a_browser(her)
    event = {
        "title": "Paint & <b>talk</b>",
        "kind": "art",
        "audience": "everyone",
        "first_day": "2026-10-06",
        "starts": "18:00",
        "minutes": "60",
        "repeats": "weekly",
        "site": str(cast.site),
    }
    post(staff, "new_event", status=422, **{**event, "link": "javascript:alert(1)"})
    post(staff, "new_event", **event)
    thread = Event.objects.get().thread
    page = words(phone.get(reverse("my_community")))
    assert "Paint &amp; &lt;b&gt;talk&lt;/b&gt;" in page and "6:00 PM" in page
    for nonsense in ("yesterday", "2026-10-07", ""):
        post(phone, "my_reply", thread, day=nonsense, coming="yes")
    assert not EventReply.objects.exists()
    post(phone, "my_reply", thread, day="2026-10-06", coming="yes")
    assert "You said you come." in words(phone.get(reverse("my_community")))
    curated = words(staff.get(reverse("community")))
    assert "Tue, Oct 6: 1" in curated and "Ana" not in curated
    post(staff, "event", thread, **{**event, "title": "Paint"})
    assert "Paint" in words(staff.get(reverse("event", args=[thread])))
    post(staff, "call_off_event", thread, day="2026-10-06")
    post(staff, "withdraw_event", thread)
    assert "Nothing stands on the calendar." in words(staff.get(reverse("community")))


def test_a_match_is_proposed_agreed_to_and_ended_in_two_taps(cast, people):
    (patient, her), (mentor, him) = people
    staff, phone, his = (at_a_browser(one) for one in (cast.case_manager, her, him))
    post(
        staff,
        "patient_mentor",
        mentor.uid,
        **{
            "what": "mentor",
            "mentor-training": "Peer training",
            "mentor-trained_on": "2026-09-01",
            "mentor-at_most": "1",
        },
    )
    [line] = re.findall(
        r'<option value="([0-9a-f-]{36})"', words(staff.get(reverse("patient_mentor", args=[patient.uid])))
    )
    bounds = {"what": "match", "match-mentor": line, "match-hours_week": "2", "match-from_date": "2026-10-05"}
    post(staff, "patient_mentor", patient.uid, status=422, **bounds, **{"match-until_date": "2028-10-05"})
    post(staff, "patient_mentor", patient.uid, **bounds, **{"match-until_date": "2026-12-05"})
    match = Mentoring.objects.get().uid
    assert "The team proposes this." in words(phone.get(reverse("my_mentor")))
    assert "don&#x27;t lend money" in words(phone.get(reverse("my_mentor_yes", args=[match])))
    post(his, "my_mentor_yes", match, status=422, shares="reach")
    post(his, "my_mentor_yes", match, shares="reach", reach="212-555-0190")
    assert "212-555-0190" not in words(phone.get(reverse("my_mentor")))
    post(phone, "my_mentor_yes", match)
    assert "212-555-0190" in words(phone.get(reverse("my_mentor")))
    assert "Ana" not in words(his.get(reverse("my_mentor")))
    assert "both said yes" in words(staff.get(reverse("mentors")))
    assert "Yes, end it" in words(phone.get(reverse("my_mentor_end", args=[match])))
    post(phone, "my_mentor_end", match)
    for browser in (phone, his):
        assert "You have no mentor now." in words(browser.get(reverse("my_mentor")))
    assert his.get(reverse("my_mentor_end", args=[match])).status_code == 404


def test_a_name_and_milestones_are_chosen_by_the_person_alone(cast, people):
    (_, her), (_, him) = people
    phone = at_a_browser(her)
    assert "family name" in words(post(phone, "my_community_name", status=422, name="Ana Flores"))
    day = (AUTUMN - timedelta(days=7)).strftime("%m/%d/%Y")
    wish = {"places": "community", "sober_since": day, "tells_sober_days": "yes"}
    assert "Choose a name" in words(post(phone, "my_milestones", status=422, **wish))
    choose_name("River", by=her, at=NOW)
    post(phone, "my_milestones", **wish)
    assert "7 days, as you count" in words(phone.get(reverse("my_milestones")))
    assert "<b>River</b>: One week sober" in words(at_a_browser(him).get(reverse("my_community")))
    assert "River" not in words(at_a_browser(cast.facilitator).get(reverse("community")))


def test_nobody_else_comes_in_and_another_clinics_ids_are_nothing(cast, people):
    (patient, her), (mentor, _) = people
    evening, match = an_evening(cast), matched(cast, patient, mentor)
    for name, args in (
        ("community", []),
        ("mentors", []),
        ("new_event", []),
        ("patient_mentor", [patient.uid]),
    ):
        for browser in (at_a_browser(her), at_a_browser(cast.biller)):
            assert browser.get(reverse(name, args=args)).status_code == 403, name
    for name in ("my_community", "my_mentor", "my_milestones", "my_people", "family"):
        assert at_a_browser(cast.clinician).get(reverse(name)).status_code == 403, name
    post(at_a_browser(her), "my_reply", uuid4(), day="2026-10-05", coming="yes", status=404)
    third = at_a_browser(cast.case_manager)
    post(third, "end_match", uuid4(), status=404)
    post(third, "end_match", match)
    assert evening and "Nobody" in words(third.get(reverse("mentors")))
