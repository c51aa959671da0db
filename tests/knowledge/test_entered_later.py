"""What was written down long after it happened says so."""

from datetime import UTC, datetime, timedelta

from throughcare.knowledge.entered_later import SOON, entered_later

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_within_two_hours_it_is_written_as_it_happens():
    assert not entered_later(NOON, NOON + SOON)
    assert not entered_later(NOON, NOON - timedelta(minutes=5))


def test_after_that_it_was_entered_later():
    assert entered_later(NOON, NOON + SOON + timedelta(seconds=1))
