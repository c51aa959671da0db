"""The demo's story, told short: a few lives instead of two hundred and forty."""

from datetime import UTC, datetime

import pytest

from throughcare.faces.cli.story import lives
from throughcare.faces.cli.story.telling import tell_story
from throughcare.records.attendance import Attendance
from throughcare.records.discharges import Discharge
from throughcare.records.episodes import Episode
from throughcare.records.notes import Note
from throughcare.records.timetables import GroupMeeting

pytestmark = pytest.mark.django_db
# Sunday evening: the last told day is a full one.
NOW = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


@pytest.fixture
def few_lives(monkeypatch):
    monkeypatch.setattr(lives, "IN_CARE", 3)
    monkeypatch.setattr(lives, "LEFT_LATELY", 2)
    monkeypatch.setattr(lives, "LEFT_BEFORE", 2)
    monkeypatch.setattr(lives, "WEEKS_TOLD", 4)


def test_the_story_is_told_whole_and_the_same_each_time(few_lives):
    said = []
    clinic = tell_story(
        now=NOW, mail="demo.test", password="made up", say=lambda what, share: said.append(share)
    )
    assert len(clinic.actors) == 15  # the fourteen who run the program, and the reception
    assert GroupMeeting.objects.count() == 24
    assert Episode.objects.filter(ended_at__isnull=True).count() == 3
    assert Discharge.objects.count() == 4
    assert Attendance.objects.filter(retired_at__isnull=True).exists()
    assert Note.objects.exists()
    assert said[0] == 0.0
    assert said[-1] == 1.0
    assert said == sorted(said)


def test_nothing_in_the_story_lies_in_the_future_but_what_is_planned(few_lives):
    tell_story(now=NOW, mail="demo.test", password="made up", say=lambda what, share: None)
    assert not Attendance.objects.filter(recorded_at__gt=NOW).exists()
    assert not Note.objects.filter(signed_at__gt=NOW).exists()
