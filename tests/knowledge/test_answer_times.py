"""By when a message is answered, and whether anybody reads it now."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from throughcare.knowledge.answer_times import answer_by, counts_from, is_read_now, team_hours

ZONE = "America/New_York"
HOURS = team_hours(ZONE)


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("sent", "begins", "due"),
    [
        ("2026-03-03T14:00", "2026-03-03T14:00", "2026-03-04T14:00"),  # Tuesday afternoon
        ("2026-03-03T07:00", "2026-03-03T08:00", "2026-03-04T08:00"),  # before the team begins
        ("2026-03-03T18:00", "2026-03-04T08:00", "2026-03-05T08:00"),  # as it closes
        (
            "2026-03-06T20:00",
            "2026-03-09T08:00",
            "2026-03-10T08:00",
        ),  # Friday night, over the change of clocks
        ("2026-03-08T02:30", "2026-03-09T08:00", "2026-03-10T08:00"),  # the hour that is skipped
    ],
)
def test_what_comes_outside_the_hours_counts_from_the_next_opening(sent, begins, due):
    assert counts_from(local(sent), HOURS) == local(begins)
    assert answer_by(local(sent), HOURS) == local(due)
    assert is_read_now(local(sent), HOURS) == (sent == begins)


def test_holidays_and_own_settings_are_kept():
    own = {"messages.answer_business_days": 0, "messages.opens_hour": 9, "messages.closes_hour": 24}
    hours = team_hours(ZONE, {date(2026, 3, 3)}, own=own)
    assert counts_from(local("2026-03-03T12:00"), hours) == local("2026-03-04T09:00")
    assert answer_by(local("2026-03-04T12:00"), hours) == local("2026-03-04T23:59")
    assert is_read_now(local("2026-03-04T23:30"), hours)
