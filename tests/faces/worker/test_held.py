"""A restored system sends nothing until it is armed: no page, mail, climb, ask or alarm (R1)."""

import threading
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.crisis_cast import put_on_call
from tests.referral_cast import patient_of, refer
from throughcare.faces.web import restored as banner
from throughcare.faces.worker import mail, packets, rounds, watchdog
from throughcare.faces.worker.due_work import TABLE
from throughcare.faces.worker.lane import Lane
from throughcare.pathway.backup.arming import arm
from throughcare.pathway.crisis.climbing import climb
from throughcare.pathway.crisis.raising import raise_crisis
from throughcare.pathway.due_work import last_beats
from throughcare.pathway.holding import Held
from throughcare.pathway.message.marking import ACCEPTED, Outcome
from throughcare.records.crises import Crisis
from throughcare.records.messages import Message, MessageAttempt
from throughcare.records.people import Account
from throughcare.records.restorations import Restoration
from throughcare.records.signing_in import DoorMail

HOUR = timedelta(hours=1)


class Channel:
    """Takes all it is given and keeps it."""

    name = "ours"

    def __init__(self):
        self.given = []

    def send(self, to, subject, words, *, same, attempt):
        self.given.append(words)
        return Outcome(ACCEPTED, "ours", "1")


@pytest.fixture
def outside(monkeypatch):
    """The one channel of every way, on every side of the worker."""
    channel = Channel()
    ways = dict.fromkeys(("text", "phone", "email"), channel)
    for module in (mail, watchdog):
        monkeypatch.setattr(module, "channels", lambda: ways)
    channel.ways = ways
    return channel


def send_all(outside):
    """A turn of either lane, with what it sends."""
    for urgent in (True, False):
        lane = Lane(outside.ways, urgent=urgent, places=8)
        lane.turn(timezone.now())
        lane.end(5, timezone.now())


@pytest.fixture
def lost_clinic(cast):
    """A crisis that nobody has taken, and a mail that waits, in a database that came out of a backup."""
    at = timezone.now() - HOUR
    put_on_call(cast)
    raise_crisis(patient_of(refer(cast)), priority="P1", source="text", words="Help", by=cast.program, at=at)
    DoorMail.objects.create(account=Account.objects.first(), kind="password_changed", made_at=at)
    return Restoration.objects.create(snapshot=1, taken_at=at, restored_at=timezone.now())


def test_t_r1_a_restored_system_sends_nothing_at_all(lost_clinic, outside, settings, monkeypatch):
    monkeypatch.setattr(
        rounds, "close_old_connections", lambda: None
    )  # what the test wrote lives in this one
    monkeypatch.setattr(packets, "_CHILDREN", [type("Drawing", (), {"poll": lambda self: None})()])
    settings.ALARM_TO = ["ops@clinic.test"]
    waiting = Crisis.objects.get().next_page_at
    assert Message.objects.filter(settled_at__isnull=True).exists()
    assert climb(at=timezone.now()) == "0 paged"
    send_all(outside)
    assert mail.post_door_mail(timezone.now()).startswith("held")
    rounds.run_round()
    assert outside.given == []
    assert MessageAttempt.objects.count() == 0
    assert Crisis.objects.get().next_page_at == waiting
    ran = {beat.work for beat in last_beats()} - {"worker"}
    assert ran == {"sessions that are over", "accesses kept on disk", "book of accesses", "downtime packets"}
    assert {work.name for work in TABLE} - ran >= {"aftercare", "questionnaires", "reminders of sessions"}


def test_its_watchdog_says_nothing_outside(lost_clinic, outside, monkeypatch):
    looked = threading.Event()
    monkeypatch.setattr(watchdog, "look", lambda at: looked.set() or ())
    monkeypatch.setattr(watchdog, "close_old_connections", lambda: None)
    ended = iter((False, False, True))
    dog = watchdog.Watchdog(threading.Event())
    monkeypatch.setattr(dog, "_ended", type("Ended", (), {"wait": lambda self, seconds: next(ended)})())
    dog.run()
    assert not looked.is_set()


def test_armed_the_open_crisis_climbs_on_and_what_had_waited_stays_unsent(lost_clinic, outside):
    before = set(Message.objects.values_list("pk", flat=True))
    arm(operator="Dana Reyes", at=timezone.now())
    send_all(outside)
    assert mail.post_door_mail(timezone.now()) == "0 sent, 0 failed"
    assert outside.given == []
    climb(at=timezone.now())
    assert set(Message.objects.values_list("pk", flat=True)) > before
    send_all(outside)
    assert len(outside.given) >= 1


def test_every_page_says_that_it_is_a_restored_copy(cast, client):
    held = Held(7, timezone.now(), timezone.now())
    told = "it sends nothing"
    assert told not in client.get(reverse("sign_in")).content.decode()
    banner.take_note_of_hold(held)
    try:
        assert told in client.get(reverse("sign_in")).content.decode()
        client.force_login(Account.objects.get(pk=cast.director.account))
        page = client.get(reverse("home"), follow=True).content.decode()
        assert told in page
    finally:
        banner.take_note_of_hold(None)
