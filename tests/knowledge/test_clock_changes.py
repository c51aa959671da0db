"""Two years of days in six zones: what recurs by the clock on the wall comes once a day, doubled and missed by none."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from throughcare.knowledge.clinic_calendar import add_business_days, at_local, day_bounds, local_day
from throughcare.knowledge.medications.schedules import ROWS, next_dose

ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
)
FIRST, DAYS = date(2026, 1, 1), 730
# Half past two is skipped in spring and half past one comes twice in autumn.
CLOCKS = (time(0), time(1, 30), time(2, 30), time(17, 30), time(23, 59))
ALL_DAYS = [FIRST + timedelta(days=number) for number in range(DAYS)]


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_of_day_comes_once_on_each_of_730_days(zone):
    for clock in CLOCKS:
        moments = [at_local(day, clock, zone) for day in ALL_DAYS]
        assert [local_day(moment, zone) for moment in moments] == ALL_DAYS
        steps = {later - earlier for earlier, later in pairwise(moments)}
        assert steps <= {timedelta(hours=hours) for hours in (23, 24, 25)}


@pytest.mark.parametrize("zone", ZONES)
def test_days_follow_each_other_without_a_gap_and_have_23_to_25_hours(zone):
    bounds = [day_bounds(day, zone) for day in ALL_DAYS]
    assert all(end == begins for (_, end), (begins, _) in pairwise(bounds))
    lengths = [(end - begins) / timedelta(hours=1) for begins, end in bounds]
    changes = [hours for hours in lengths if hours != 24]
    # Two years have two springs and two autumns, but for the one zone that leaves its clocks alone.
    assert sorted(changes) == ([] if zone == "America/Phoenix" else [23, 23, 25, 25])


def test_what_spring_skips_is_after_the_jump_and_what_autumn_repeats_is_the_first():
    assert at_local(date(2026, 3, 8), time(2, 30), "America/New_York") == datetime(
        2026, 3, 8, 7, 30, tzinfo=UTC
    )
    assert at_local(date(2026, 11, 1), time(1, 30), "America/New_York") == datetime(
        2026, 11, 1, 5, 30, tzinfo=UTC
    )


@pytest.mark.parametrize("zone", ZONES)
def test_a_deadline_in_business_days_keeps_its_time_of_day_and_never_comes_before_its_start(zone):
    for day in ALL_DAYS[::3]:
        begins = at_local(day, time(9), zone)
        ends = add_business_days(begins, 2, zone)
        assert ends > begins and local_day(ends, zone).weekday() < 5


@pytest.mark.parametrize(
    "schedule", [row for row in ROWS if row.every_days and not row.is_daily], ids=lambda row: row.code
)
def test_doses_apart_from_each_other_come_in_their_rhythm_for_730_days(schedule):
    days = [FIRST]
    while (following := next_dose(schedule, days[-1], began=FIRST)) < FIRST + timedelta(days=DAYS):
        days.append(following)
    assert len(set(days)) == len(days) == -(-DAYS // schedule.every_days)
