"""Backups as they come due: a beat when one was taken, a word when not, an alarm when the newest is old."""

from datetime import timedelta

import pytest
from django.utils import timezone

from throughcare.faces.cli import check
from throughcare.faces.worker.__main__ import lanes
from throughcare.faces.worker.backup_lane import take_one
from throughcare.knowledge.backups import BACKUP, EVERY, MOST_LOST, TOO_OLD
from throughcare.pathway.due_work import last_beats, record_beat
from throughcare.pathway.message.watch import NO_BACKUP, alarms
from throughcare.records.restorations import Restoration

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


class Taker:
    """Counts, or fails."""

    def __init__(self, error=None):
        self.error, self.taken = error, 0

    def take(self, folder, *, at):
        if self.error:
            raise self.error
        self.taken += 1


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)


def beats():
    return {beat.work: beat.trouble for beat in last_beats()}


def test_a_minute_is_enough_for_waiting_and_taking():
    assert 2 * EVERY <= MOST_LOST < TOO_OLD


def test_the_lane_runs_where_a_place_is_named(monkeypatch):
    monkeypatch.delenv("BACKUP_TO", raising=False)
    assert "backups" not in lanes()
    monkeypatch.setenv("BACKUP_TO", "/mnt/backups")
    assert "backups" in lanes()


def test_one_that_is_taken_leaves_a_beat_and_one_that_fails_a_word():
    take_one(Taker())
    assert beats() == {BACKUP: "", "taking backups": ""}
    take_one(Taker(OSError("the disk is away")))
    assert beats() == {BACKUP: "", "taking backups": "OSError"}


def test_a_held_copy_takes_none():
    Restoration.objects.create(snapshot=1, taken_at=timezone.now(), restored_at=timezone.now())
    taker = Taker()
    take_one(taker)
    assert (taker.taken, BACKUP in beats()) == (0, False)
    assert check.sending() == (False, "held: put back from backup 1. `throughcare arm` lets it send.")


def test_the_newest_being_old_is_told_to_people():
    now = timezone.now()
    assert check.backups(now)[0] is False
    record_beat(BACKUP, at=now)
    assert check.backups(now + 30 * SECOND) == (True, "the newest is 30 seconds old.")
    assert [one for one in alarms(at=now + TOO_OLD) if one.kind == NO_BACKUP] == []
    [alarm] = [one for one in alarms(at=now + TOO_OLD + SECOND) if one.kind == NO_BACKUP]
    assert "more than ten minutes old" in alarm.in_words()
    assert check.backups(now + TOO_OLD + SECOND)[0] is False
