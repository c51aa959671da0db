"""The machine's clock is put back: what is urgent leaves all the same, and a dead worker's lease holds nothing."""

from datetime import timedelta

import pytest

from tests.cast import MORNING
from throughcare.faces.worker.due_work import TABLE
from throughcare.faces.worker.rounds import is_due
from throughcare.pathway.due_work import record_beat
from throughcare.pathway.message.claiming import claim
from throughcare.pathway.message.outbox import Recipient, put_message
from throughcare.pathway.message.watch import alarms

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def put(cast, **more):
    said = {"subject": "Paged", "words": "Sign in.", "urgent": True, "at": MORNING} | more
    put_message(
        Recipient(phone="+12125550101"), key="one", organization=cast.organization, ways=("text",), **said
    )


def test_an_urgent_message_of_an_hour_that_is_no_more_leaves_now(cast):
    put(cast)
    assert len(claim(4, urgent=True, at=MORNING - HOUR)) == 1


def test_what_is_not_urgent_waits_for_its_time(cast):
    put(cast, urgent=False)
    assert claim(4, urgent=False, at=MORNING - HOUR) == []


@pytest.mark.parametrize("earlier", [HOUR, timedelta(days=1)])
def test_a_lease_from_a_clock_that_was_ahead_holds_nothing(cast, earlier):
    put(cast)
    assert len(claim(4, urgent=True, at=MORNING)) == 1
    assert claim(4, urgent=True, at=MORNING + 5 * SECOND) == []
    assert claim(4, urgent=True, at=MORNING - 5 * SECOND) == []
    assert len(claim(4, urgent=True, at=MORNING - earlier)) == 1


@pytest.mark.parametrize("work", TABLE, ids=lambda work: work.name)
def test_due_work_that_ran_in_a_future_which_was_taken_back_runs_again(work):
    assert is_due(work, MORNING + HOUR, MORNING)
    assert is_due(work, None, MORNING)
    assert is_due(work, MORNING - work.every, MORNING)
    assert not is_due(work, MORNING, MORNING)


def test_a_lane_that_fell_silent_before_the_clock_was_put_back_is_noticed(cast):
    record_beat("crisis lane", at=MORNING + HOUR)
    assert any("lane" in alarm.kind or "lane" in str(alarm) for alarm in alarms(at=MORNING))
