"""Signing in by a link: for those in treatment and near it, once, here, and nothing by opening it (threat C2)."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.boards_cast import in_program
from tests.cast import at
from throughcare.knowledge.notifications import Wishes
from throughcare.knowledge.outward_words import tells_too_much
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.notification.wishing import wish
from throughcare.pathway.people.people import correct_details, details_of
from throughcare.pathway.signing_in.door_mail import BY_TEXT, SUBJECTS, WORDS, queue_mail, send_door_mail
from throughcare.records.messages import Message, MessageWay
from throughcare.records.people import Account, Patient
from throughcare.records.signing_in import SignIn, SignInLink

pytestmark = pytest.mark.django_db
NOON = at(12)
ASK = "sign_in_by_link"


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def eve(cast, noon):
    person = in_program(cast, "Eve", "Lund")
    row = Patient.objects.get(uid=person.uid)
    correct_details(person.uid, replace(details_of(row), phone="212-555-0155"), by=cast.clinician, at=NOON)
    invite_patient(person.uid, email="eve@mail.test", by=cast.clinician, at=NOON)
    return Account.objects.get_by_natural_key("eve@mail.test")


def mailed(moment) -> list[tuple[str, str, str]]:
    said: list[tuple[str, str, str]] = []
    send_door_mail(at=moment, send=lambda *one: said.append(one), link_address=lambda token: f"<{token}>")
    return said


def asked_for(client, said, moment) -> str:
    client.post(reverse(ASK), {"said": said})
    words = "".join(words for *_, words in mailed(moment))
    words += "".join(Message.objects.values_list("words", flat=True))
    found = re.search(r"<(.+?)>", words)
    return found.group(1) if found else ""


def test_a_link_by_mail_opens_by_a_press_once_here_and_for_ten_minutes(eve, noon, client):
    token = asked_for(client, " Eve@mail.test ", NOON)
    address = reverse("link", args=[token])
    for _ in range(3):  # whoever looks at it, a scanner of mail too, changes nothing
        assert client.get(address).status_code == 200
    assert Client().post(address).status_code == 410  # another browser
    assert client.post(address).status_code == 302
    assert client.get(reverse("my_help")).status_code == 200
    assert SignIn.objects.get(account=eve).how == "link"
    # They are told by the other way, on their phone.
    mailed(NOON)
    told = Message.objects.get()
    assert (told.patient.given_name, told.ways.get().way) == ("Eve", "text")
    client.post(reverse("sign_out"))
    assert client.post(address).status_code == 410
    late = asked_for(client, "eve@mail.test", NOON)
    noon.shift(timedelta(minutes=10, seconds=1))
    assert client.get(reverse("link", args=[late])).status_code == 410


def test_a_link_goes_to_the_phone_of_the_record_as_a_text(eve, noon, client):
    token = asked_for(client, "(212) 555 0155", NOON)
    assert MessageWay.objects.get().way == "text"
    assert Message.objects.get().ends_at == NOON + timedelta(minutes=10)
    assert client.post(reverse("link", args=[token])).status_code == 302
    assert [to for to, *_ in mailed(NOON)] == ["eve@mail.test"]  # told by mail this time


def test_nobody_learns_who_signs_in_and_staff_get_no_link(cast, eve, noon, client):
    answers = {
        client.post(reverse(ASK), {"said": said}, follow=True).content
        for said in ("eve@mail.test", "nobody@mail.test", "212-555-0100", "212-555-0155")
    }
    assert len({re.sub(rb"[0-9a-f-]{36}|value=\"[^\"]+\"", b"", one) for one in answers}) == 1
    assert (
        asked_for(client, "carla@harbor.test", NOON) in ("", None)
        or not SignInLink.objects.filter(
            account__email_mark=Account.objects.get(pk=cast.clinician.account).email_mark
        ).exists()
    )


def test_a_link_to_sign_in_sets_no_password_and_a_link_for_a_password_signs_nobody_in(eve, noon, client):
    token = asked_for(client, "eve@mail.test", NOON)
    before = eve.password
    client.post(reverse("link", args=[token]), {"password": "a long enough pass phrase"})
    eve.refresh_from_db()
    assert eve.password == before


def test_links_go_only_where_the_person_lets_them(eve, noon, client):
    wish(Wishes(links=("text",)), by=actor_for(eve.pk), at=NOON)
    assert asked_for(client, "eve@mail.test", NOON) == ""
    assert asked_for(client, "212-555-0155", NOON)


def test_notifications_keep_to_the_way_the_hours_and_the_kinds_that_were_chosen(eve, noon, client):
    client.force_login(eve)
    page = reverse("my_notifications")
    assert client.get(page).status_code == 200
    chosen = {
        "way": "text",
        "kinds": ["session_soon"],
        "quiet": "yes",
        "quiet_from": "21:00",
        "quiet_until": "08:00",
    }
    assert client.post(page, chosen).status_code == 302
    night = at(23, 30)
    for kind in ("session_soon", "week_changed", "password_changed"):
        queue_mail(eve, kind, at=night)
    # At night only what is about signing in; what they don't want to hear of never.
    assert [words for *_, words in mailed(night)] == [WORDS["password_changed"]]
    assert not Message.objects.exists()
    queue_mail(eve, "session_soon", at=at(8, 1) + timedelta(days=1))
    assert mailed(at(8, 1) + timedelta(days=1)) == []
    assert [row.ways.get().way for row in Message.objects.all()] == ["text"]
    assert client.post(page, {**chosen, "quiet_from": ""}).status_code == 422


def test_no_message_about_signing_in_tells_what_it_is_about():
    said = [*WORDS.values(), *BY_TEXT.values(), *SUBJECTS.values()]
    assert [words for words in said if tells_too_much(words)] == []
