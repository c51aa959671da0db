"""A lane sends many at once and writes down what came of each; the watchdog calls for people past the queue."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from throughcare.faces.worker import watchdog
from throughcare.faces.worker.lane import Lane
from throughcare.pathway.due_work import record_beat
from throughcare.pathway.message.marking import ACCEPTED, Outcome
from throughcare.pathway.message.outbox import Recipient, put_message
from throughcare.pathway.message.watch import alarms
from throughcare.records.messages import Message, MessageAttempt, MessageWay, WorkerAlarm

MINUTE = timedelta(minutes=1)


class Channel:
    """Does what it is told and keeps what it was given."""

    name = "ours"

    def __init__(self, does):
        self.does, self.given = does, []

    def send(self, to, subject, words, *, same, attempt):
        self.given.append((to, words))
        return self.does()


def took():
    return Outcome(ACCEPTED, "ours", "1")


def breaks():
    raise RuntimeError("poison")


def put(cast, key, **more):
    to = Recipient(phone="+12125550101", email="a@b.test")
    said = {"subject": "Paged", "words": "Sign in.", "urgent": True, "at": timezone.now()} | more
    return put_message(to, key=key, organization=cast.organization, **said)


def run(lane):
    """A turn, and another once all that it sent has ended."""
    lane.turn(timezone.now())
    lane.end(5, timezone.now())


def test_what_a_channel_takes_is_sent_and_what_trips_it_stays_in_doubt(cast):
    text, mail = Channel(breaks), Channel(took)
    put(cast, "a")
    lane = Lane({"text": text, "email": mail}, urgent=True, places=4)
    run(lane)
    row = MessageWay.objects.get(way="text")
    assert (row.trouble, row.finished_at, row.tries) == ("RuntimeError", None, 1)
    assert MessageAttempt.objects.get().outcome == "unknown"


def test_one_that_hangs_holds_up_no_other(cast):
    gate = threading.Event()

    def hangs():
        gate.wait(10)
        return took()

    slow = Channel(hangs)
    quick = Channel(took)
    put(cast, "slow", ways=("text",))
    put(cast, "quick", ways=("email",))
    lane = Lane({"text": slow, "email": quick}, urgent=True, places=4)
    assert lane.turn(timezone.now()) == 2
    lane.wait(5)
    lane.turn(timezone.now())
    assert Message.objects.get(key="quick").dispatched_at
    assert Message.objects.get(key="slow").dispatched_at is None
    gate.set()
    lane.end(5, timezone.now())
    assert Message.objects.get(key="slow").dispatched_at


def test_a_file_that_was_written_has_arrived(cast):
    put(cast, "a")
    run(Lane({"text": Channel(lambda: Outcome(ACCEPTED, "file", arrived=True))}, urgent=True, places=2))
    assert Message.objects.get().settled_how == "received"


def test_urgent_ways_without_a_provider_give_way_at_once_and_ordinary_ones_wait(cast):
    mail = Channel(took)
    put(cast, "urgent")
    put(cast, "ordinary", urgent=False, ways=("text",))
    lane = Lane({"email": mail}, urgent=True, places=4)
    for _ in range(3):
        lane.turn(timezone.now())
        lane.wait(5)
    run(lane)
    assert len(mail.given) == 1
    run(Lane({"email": mail}, urgent=False, places=4))
    assert MessageWay.objects.get(message__key="ordinary").tries == 0


def test_silence_of_a_lane_and_what_does_not_leave_are_told_once_in_a_while(cast, monkeypatch, settings):
    settings.ALARM_TO = ["+12125550199", "ops@clinic.test"]
    mail, call = Channel(took), Channel(took)
    monkeypatch.setattr(watchdog, "channels", lambda: {"email": mail, "phone": call})
    at = timezone.now()
    record_beat("crisis lane", at=at)
    put(cast, "a", at=at)
    assert watchdog.look(at + timedelta(seconds=19)) == ()
    found = watchdog.look(at + timedelta(seconds=31))
    assert {one.kind for one in found} == {"silent lane", "undispatched"}
    assert {to for to, _ in call.given} == {"+12125550199"}
    assert {"ops@clinic.test", "alex@harbor.test", "dana@harbor.test"} == {to for to, _ in mail.given}
    told = len(mail.given)
    watchdog.look(at + MINUTE)
    assert len(mail.given) == told
    watchdog.look(at + 7 * MINUTE)
    assert len(mail.given) > told
    assert WorkerAlarm.objects.filter(told__gt=0).exists()


def test_a_provider_that_takes_and_drops_is_noticed(cast):
    at = timezone.now() - 10 * MINUTE
    for number in range(3):
        put(cast, f"{number}", ways=("text",), urgent=False, at=at)
    lane = Lane({"text": Channel(took)}, urgent=False, places=4)
    lane.turn(at)
    lane.end(5, at)
    assert [one.kind for one in alarms(at=at + 2 * MINUTE)] == ["drops"]


@pytest.mark.parametrize("word", ["clinic", "crisis", "patient", "treatment"])
def test_an_alarm_names_nobody_and_no_kind_of_care(word):
    from throughcare.pathway.message.watch import DROPS, STUCK, UNHEARD, UNSENT, Alarm

    said = " ".join(Alarm(kind, "every text message").in_words() for kind in (UNSENT, UNHEARD, DROPS, STUCK))
    assert word not in said.lower().replace("clinic, messages", "")
