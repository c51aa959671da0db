"""The page before a session, its sheet on paper, its topic, and the curricula of a group."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import MONDAY, MORNING, at
from tests.sessions_cast import THURSDAY, admit, hold, open_group
from tests.week_cast import a_group
from throughcare.knowledge.curricula.library import ALL
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.community.milestone import Wish, wish_for_milestones
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.group.curricula import follow_curricula
from throughcare.pathway.homework.homework import NewHomework, give_homework, report_homework
from throughcare.pathway.lesson.topics import choose_topic
from throughcare.pathway.privacy.guards import guard_record
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.accesses import Access
from throughcare.records.consents import PatientAccount
from throughcare.records.curricula import GroupCurriculum, SessionTopic
from throughcare.records.homework import Homework
from throughcare.records.people import Account

ANGER = ALL["anger-management"].topics


@pytest.fixture(autouse=True)
def afternoon():
    with time_machine.travel(at(16), tick=False):
        yield


def signed_in(actor):
    browser = Client()
    browser.force_login(Account.objects.get(pk=actor.account))
    return browser


@pytest.fixture
def group(cast):
    return open_group(cast)


@pytest.fixture
def room(cast, group):
    ana, lee = admit(cast, "Ana", "Silva"), admit(cast, "Lee", "Park")
    return hold(cast, ana, lee, group=group, breaks=15), ana, lee


def words(answer):
    return " ".join(answer.content.decode().split())


def test_the_facilitator_reads_topic_and_room_in_one_page(cast, group, room):
    session, ana, _ = room
    follow_curricula(
        group.uid, ["anger-management"], in_rounds=True, from_date=MONDAY, by=cast.director, at=at(8)
    )
    homework = give_homework(
        ana.uid, NewHomework("Call Pat", "Asking for help"), by=cast.clinician, at=MORNING
    )
    report_homework(homework, practiced="yes", helped=7, words="It worked", by=cast.clinician, at=MORNING)
    page = words(signed_in(cast.facilitator).get(reverse("prepare_session", args=[session])))
    for shown in (
        ANGER[0].title,
        "Proposed",
        ANGER[0].aim,
        "5:30",
        "5:40",
        "105 are free",
        "New for everyone here",
    ):
        assert shown in page
    assert "Ana Silva" in page and "First time in this group" in page
    assert 'aria-current="page">Prepare' in page.replace("</a>", "") or "Prepare" in page


def test_homework_is_given_to_everyone_with_one_button(cast, room):
    session, _, _ = room
    choose_topic(session, code=ANGER[0].code, by=cast.facilitator, at=at(15))
    browser = signed_in(cast.facilitator)
    here = reverse("prepare_session", args=[session])
    assert "Give it to everyone here" in words(browser.get(here))
    key = str(uuid4())
    for _ in range(2):
        answer = browser.post(reverse("give_topic_homework", args=[session]), {"once": key})
        assert answer.url == f"{here}#homework"
    assert Homework.objects.count() == 2
    page = words(browser.get(here))
    assert "Given to 2 people" in page and "Give it to everyone here" not in page
    assert ">Given<" in page


def test_nothing_is_called_given_where_everyone_stayed_away(cast, room):
    session, ana, lee = room
    choose_topic(session, code=ANGER[0].code, by=cast.facilitator, at=at(15))
    for person in (ana, lee):
        record_attendance(session, person.uid, status="no_show", by=cast.facilitator, at=at(18))
    page = words(signed_in(cast.facilitator).get(reverse("prepare_session", args=[session])))
    assert ">Given<" not in page and "Give it to everyone here" not in page


def test_the_topic_is_changed_to_another_or_to_ones_own_words(cast, room):
    session, _, _ = room
    browser = signed_in(cast.facilitator)
    here = reverse("session_topic", args=[session])
    assert "(new for everyone)" in words(browser.get(here))
    nothing = browser.post(here, {"code": "", "words": " "})
    assert nothing.status_code == 422 and "Choose a topic, or write one" in words(nothing)
    answer = browser.post(here, {"code": ANGER[2].code, "words": "A visit from an old member"})
    assert answer.url == reverse("prepare_session", args=[session])
    assert "A visit from an old member" in words(browser.get(answer.url))
    assert SessionTopic.objects.get().code == ""
    browser.post(here, {"code": ANGER[2].code, "words": "A visit from an old member"})
    assert SessionTopic.objects.get(retired_at__isnull=True).code == ANGER[2].code
    nurse = signed_in(cast.nurse)
    reading = words(nurse.get(here))
    assert "Only who leads this session" in reading and "Set the topic" not in reading
    assert nurse.post(here, {"code": ANGER[2].code, "words": ""}).status_code in (403, 409, 422)


def test_the_sheet_on_paper_keeps_alerts_and_peoples_own_words_on_the_screen(cast, room):
    session, ana, _ = room
    homework = give_homework(
        ana.uid, NewHomework("Call Pat", "Asking for help"), by=cast.clinician, at=MORNING
    )
    report_homework(homework, practiced="yes", words="He shouted at me", by=cast.clinician, at=MORNING)
    browser = signed_in(cast.facilitator)
    for address in (
        reverse("prepare_session", args=[session]) + "?print=1",
        reverse("day_sheet") + "?print=1",
    ):
        page = words(browser.get(address))
        assert "Ana Silva" in page and "Monday, March 2" in page and "by Felix Grant" in page
        assert "He shouted at me" not in page and "1990" not in page
    assert set(
        Access.objects.filter(route__in=("prepare_session", "day_sheet")).values_list("surface", flat=True)
    ) == {"print"}
    nothing = words(browser.get(reverse("day_sheet") + "?print=1&day=2026-03-04"))
    assert "You lead no session" in nothing


def test_a_guarded_person_is_not_named_to_who_does_not_lead(cast, room):
    session, _, lee = room
    guard_record(lee.uid, text="Known in town", by=cast.director, at=MORNING)
    for address in ("", "?print=1"):
        page = words(signed_in(cast.nurse).get(reverse("prepare_session", args=[session]) + address))
        assert "Guarded record" in page and "Park" not in page


def test_a_group_follows_what_the_director_chooses(cast):
    group = a_group(cast, name="Cooling down", kind="communication-anger")
    extend_sessions(cast.organization, until=MONDAY.replace(day=20), at=MORNING)
    browser = signed_in(cast.director)
    page = words(browser.get(reverse("group", args=[group])))
    assert "No curriculum" in page
    here = reverse("group_curricula", args=[group])
    asked = words(browser.get(here))
    assert 'value="anger-management" selected' in asked
    answer = browser.post(
        here, {"first": "anger-management", "second": "sleep", "way": "order", "from_date": "2026-03-02"}
    )
    assert answer.status_code == 302
    assert GroupCurriculum.objects.get().codes == ["anger-management", "sleep"]
    page = words(browser.get(reverse("group", args=[group])))
    assert "Anger management" in page and ANGER[0].title in page and "in order" in page
    late = browser.post(here, {"first": "sleep", "way": "rounds", "from_date": "2026-03-01"})
    assert late.status_code == 422 and "today or a later day" in words(late)


def test_the_library_is_read_and_printed(cast):
    browser = signed_in(cast.facilitator)
    page = words(browser.get(reverse("curricula")))
    assert all(one.title in page for one in ALL.values())
    for address in ("", "?print=1"):
        page = words(browser.get(reverse("curriculum", args=["anger-management"]) + address))
        assert "Public domain" in page and "aims and outlines are our own words" in page
        assert ANGER[11].title in page and "not verified" in page
    assert browser.get(reverse("curriculum", args=["gone"])).status_code == 404


def test_a_milestone_that_somebody_wants_said_stands_before_their_group_and_before_no_other(
    cast, group, room
):
    session, ana, _lee = room
    invite_patient(ana.uid, email="ana@mail.test", by=cast.clinician, at=at(8))
    her = actor_for(PatientAccount.objects.get(patient=ana.key).account_id)
    wish = Wish(("group",), tells_sober_days=True, sober_since=MONDAY - timedelta(days=7))
    wish_for_milestones(wish, by=her, at=at(9))
    browser = signed_in(cast.facilitator)
    said = "<b>Ana Silva</b>: One week sober"
    assert said in words(browser.get(reverse("prepare_session", args=[session])))
    other = hold(cast, admit(cast, "Hope", "Cole"), group=open_group(cast, "Other evenings"), day=THURSDAY)
    assert said not in words(browser.get(reverse("prepare_session", args=[other])))
    assert reverse("community") in words(browser.get(reverse("groups")))
