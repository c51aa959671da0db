"""The watch list of a morning as a case manager uses it."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import MONDAY, at
from tests.sessions_cast import THURSDAY, WEDNESDAY, admit, hold
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.warning_sign.acting import act_on_sign
from throughcare.pathway.warning_sign.due_looks import watch_people
from throughcare.records.episodes import ContactAttempt
from throughcare.records.messages import Message
from throughcare.records.people import Account, Patient
from throughcare.records.signs import LifeEvent, WarningSign

MORNING = at(8, day=THURSDAY)


@pytest.fixture(autouse=True)
def on_the_morning():
    """It is Thursday, 8:00 in New York."""
    with time_machine.travel(MORNING, tick=False):
        yield


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def words(page):
    return page.content.decode()


@pytest.fixture
def ana(cast):
    """Ana came on Monday and did not on Wednesday."""
    person = admit(cast, "Ana", "Silva")
    Patient.objects.filter(pk=person.key).update(phone="212-555-0177")
    for day, status in ((MONDAY, "present"), (WEDNESDAY, "no_show")):
        session = hold(cast, person, day=day)
        record_attendance(session, person.uid, status=status, by=cast.facilitator, at=at(17, 46, day=day))
    return person


@pytest.fixture
def dev(cast):
    """Dev's item 9 was above 0 on Monday, and nobody asked the C-SSRS."""
    person = admit(cast, "Dev", "Patel")
    record_measure(person.uid, "phq-9", (2,) * 8 + (1,), mode="self", by=cast.clinician, at=at(18, 10))
    return person


@pytest.fixture
def list_page(cast, client, ana, dev):
    watch_people(at=MORNING)
    return sign_in(client, cast.case_manager)


def the_sign(person, code):
    return WarningSign.objects.get(patient_id=person.key, code=code, ended_at__isnull=True)


def test_who_is_at_risk_and_overdue_comes_first_with_what_is_due_and_whose(list_page):
    page = words(list_page.get("/watch/"))
    assert page.index("Dev Patel") < page.index("Ana Silva")
    assert "2 people: 1 at high risk, 1 with something overdue." in page
    assert "Did not come to Process group on Wed Mar 4" in page
    assert "Thu, Mar 5, 11:59 PM" in page and "Case manager" in page


def test_a_call_is_one_tap_away_and_what_came_of_it_settles_the_no_show(list_page, ana):
    sign = the_sign(ana, "no_show")
    page = words(list_page.get(f"/watch/{sign.thread}/called"))
    assert 'href="tel:212-555-0177"' in page
    done = list_page.post(f"/watch/{sign.thread}/called", {"outcome": "no_answer"}, follow=True)
    assert "The sign is settled." in words(done)
    assert ContactAttempt.objects.get(episode_id=ana.episode).outcome == "no_answer"
    person = words(list_page.get(f"/patients/{ana.uid}/signs"))
    assert "Called: no answer." in person and "Cam Ortiz" in person and "Settled" in person


def test_a_call_that_reached_nobody_leaves_low_attendance_standing(list_page, ana):
    sign = the_sign(ana, "attendance_low")
    done = list_page.post(f"/watch/{sign.thread}/called", {"outcome": "no_answer"}, follow=True)
    assert "The sign stands until" in words(done)
    assert "Called: no answer." in words(list_page.get("/watch/"))


def test_a_message_says_nothing_but_to_call(list_page, ana):
    sign = the_sign(ana, "no_show")
    assert "Harbor: please call us at" in words(list_page.get(f"/watch/{sign.thread}/messaged"))
    list_page.post(f"/watch/{sign.thread}/messaged")
    [message] = Message.objects.filter(patient_id=ana.key)
    assert message.words == "Harbor: please call us at 212-555-0100 when you can."


def test_a_dismissal_needs_a_reason_and_is_counted(cast, list_page, ana):
    sign = the_sign(ana, "attendance_low")
    refused = list_page.post(f"/watch/{sign.thread}/dismissed", {})
    assert refused.status_code == 422 and "Choose why this is no warning sign" in words(refused)
    list_page.post(f"/watch/{sign.thread}/dismissed", {"reason": "known"})
    page = words(list_page.get("/watch/signs?month=2026-03"))
    assert "Known and explained (1)" in page
    watch_people(at=MORNING + timedelta(minutes=1))
    assert not WarningSign.objects.filter(
        patient_id=ana.key, code="attendance_low", ended_at__isnull=True
    ).exists()


def test_reviewing_does_not_close_an_item_9(list_page, dev):
    sign = the_sign(dev, "item9")
    list_page.post(f"/watch/{sign.thread}/reviewed", {"words": "I will ask him at noon."})
    assert the_sign(dev, "item9").pk == sign.pk


def test_two_people_who_act_at_once_are_told(cast, list_page, ana):
    sign = the_sign(ana, "no_show")
    act_on_sign(sign.thread, act="reviewed", words="Saw her.", by=cast.clinician, at=MORNING)
    late = list_page.post(f"/watch/{sign.thread}/called", {"outcome": "reached"})
    assert late.status_code == 422 and "settled or withdrawn already" in words(late)


def test_whoever_asked_for_no_calls_is_shown_no_number(cast, list_page, ana):
    from throughcare.pathway.privacy.reaching import ask_for_safe_ways

    ask_for_safe_ways(ana.uid, ["phone"], by=cast.clinician, at=MORNING)
    page = words(list_page.get(f"/watch/{the_sign(ana, 'no_show').thread}/called"))
    assert "212-555-0177" not in page and "They asked for no calls." in page


def test_an_event_in_a_life_becomes_the_case_managers_sign_and_can_be_taken_back(list_page, ana):
    url = f"/patients/{ana.uid}/life-events"
    assert list_page.post(url, {"kind": "anniversary"}).status_code == 422
    list_page.post(url, {"kind": "housing", "words": "Evicted."})
    watch_people(at=MORNING)
    assert "Housing is lost or at risk" in words(list_page.get("/watch/"))
    event = LifeEvent.objects.get()
    list_page.post(f"{url}/{event.uid}/take-back")
    watch_people(at=MORNING)
    assert "The event was recorded by mistake." in words(list_page.get(f"/patients/{ana.uid}/signs"))


def test_the_list_takes_as_many_questions_for_ten_people_as_for_two(
    cast, client, list_page, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    list_page.get("/watch/")
    with CaptureQueriesContext(connection) as two:
        list_page.get("/watch/")
    for number in range(8):
        person = admit(cast, "Pat", f"Number{number}")
        record_measure(person.uid, "phq-9", (2,) * 8 + (1,), mode="self", by=cast.clinician, at=at(18, 10))
    watch_people(at=MORNING)
    with CaptureQueriesContext(connection) as ten:
        assert "10 people" in words(list_page.get("/watch/"))
    assert len(ten) == len(two) <= 25


def test_a_quiet_month_says_so(list_page):
    assert "No sign was raised in this month." in words(list_page.get("/watch/signs?month=2025-01"))
    assert list_page.get("/watch/signs?month=never").status_code == 200


def test_another_house_has_no_such_sign(cast, client, list_page, ana):
    from tests.cast import gather_cast

    other = gather_cast("Other House", mail_host="other.test")
    sign = the_sign(ana, "no_show")
    assert sign_in(client, other.case_manager).get(f"/watch/{sign.thread}/called").status_code == 404
    assert date(2026, 3, 5) == THURSDAY
