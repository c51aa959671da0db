"""What stopped on its way is on a page with its age and owner; staff say where they are paged; the banner tells all."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.messages import standing
from throughcare.knowledge.message_ways import MOST_TRIES
from throughcare.pathway.message.claiming import claim
from throughcare.pathway.message.marking import ACCEPTED, FAILED, Outcome, mark
from throughcare.pathway.message.outbox import put_message, to_account
from throughcare.pathway.message.phones import own_phone
from throughcare.pathway.message.watch import Alarm, alarms
from throughcare.records.messages import Message, MessageWay
from throughcare.records.people import Account


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))


def a_page(cast, *, at, urgent=True):
    return put_message(
        to_account(cast.nurse.account),
        subject="You are paged",
        words="Sign in now.",
        key=f"page {at.isoformat()}",
        urgent=urgent,
        ways=("email",),
        organization=cast.organization,
        at=at,
    )


def fail_until_parked(*, at):
    for _ in range(MOST_TRIES):
        for job in claim(9, urgent=True, at=at):
            mark([(job.taken, Outcome(FAILED, "mail server", trouble="SMTPServerDisconnected"))], at=at)
        at += timedelta(minutes=2)


@pytest.fixture
def parked(cast):
    at = timezone.now() - timedelta(minutes=30)
    uid = a_page(cast, at=at)
    fail_until_parked(at=at)
    return uid


def test_what_was_given_up_is_shown_with_age_and_owner_and_can_be_sent_again(client, cast, parked):
    sign_in(client, cast.admin)
    page = client.get(reverse("messages")).text
    assert "Put aside after five tries" in page
    assert "30 min" in page
    assert "Administrators" in page
    assert "Nia Bell" in page
    assert "Sign in now." not in page
    client.post(reverse("take_message", args=[parked]))
    assert "Alex Stone" in client.get(reverse("messages")).text
    client.post(reverse("send_message_again", args=[parked]))
    assert [job.way for job in claim(9, urgent=True, at=timezone.now())] == ["email"]


def test_set_aside_it_is_gone_from_the_page_and_from_the_alarms(client, cast, parked):
    assert {one.kind for one in alarms(at=timezone.now())} == {"undispatched", "parked"}
    sign_in(client, cast.director)
    client.post(reverse("set_message_aside", args=[parked]))
    assert Message.objects.get(uid=parked).settled_by_id == cast.director.account
    assert "Everything that left arrived" in client.get(reverse("messages")).text
    assert alarms(at=timezone.now()) == ()
    assert "Somebody was faster" in client.post(reverse("take_message", args=[parked]), follow=True).text


def test_nobody_elses_roles_open_the_page(client, cast):
    for actor in (cast.clinician, cast.front_desk, cast.compliance):
        sign_in(client, actor)
        assert client.get(reverse("messages")).status_code == 403


def test_a_page_that_left_and_that_nobody_says_arrived_is_shown_after_a_minute(client, cast):
    at = timezone.now() - timedelta(minutes=5)
    a_page(cast, at=at)
    (job,) = claim(9, urgent=True, at=at)
    mark([(job.taken, Outcome(ACCEPTED, "mail server"))], at=at)
    sign_in(client, cast.admin)
    assert "nobody says that it arrived" in client.get(reverse("messages")).text
    assert [one.kind for one in alarms(at=at + timedelta(seconds=50))] == []
    assert [one.kind for one in alarms(at=timezone.now())] == ["unreceived"]


def test_staff_say_where_they_are_paged(client, cast):
    sign_in(client, cast.nurse)
    wrong = client.post(reverse("own_phone"), {"phone": "12"})
    assert wrong.status_code == 422
    client.post(reverse("own_phone"), {"phone": "(212) 555-0177"})
    assert own_phone(by=cast.nurse) == "+12125550177"
    client.post(reverse("own_phone"), {"phone": ""})
    assert own_phone(by=cast.nurse) == ""
    assert reverse("own_phone") in client.get(reverse("me")).text


def test_every_page_of_staff_says_when_messages_do_not_leave(client, cast):
    standing.take_note((Alarm("silent lane", "crisis lane"), Alarm("parked", "", cast.organization + 1, 2)))
    try:
        sign_in(client, cast.clinician)
        page = client.get(reverse("me")).text
    finally:
        standing.take_note(())
    assert "crisis lane has stopped" in page
    assert "several tries" not in page
    assert "crisis lane has stopped" not in client.get(reverse("me")).text


def test_the_figures_of_a_way_count_what_was_taken_and_sent_twice(client, cast):
    at = timezone.now() - timedelta(minutes=5)
    a_page(cast, at=at)
    claim(9, urgent=True, at=at)
    (again,) = claim(9, urgent=True, at=at + timedelta(seconds=20))
    mark([(again.taken, Outcome(ACCEPTED, "mail server"))], at=at)
    assert MessageWay.objects.get().outcome == "sent"
    sign_in(client, cast.admin)
    row = client.get(reverse("messages")).text.partition("E-mail</th>")[2].partition("</tr>")[0]
    assert row.count('<td class="number">1</td>') == 2
