"""Days, weeks and wall-clock times at a site. Every function gets its time zone and its day; none reads a clock."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY = 0


def local_day(at: datetime, zone: str) -> date:
    """The calendar day that it is in `zone` at the moment `at`."""
    return at.astimezone(ZoneInfo(zone)).date()


def at_local(day: date, clock: time, zone: str) -> datetime:
    """The moment (UTC) at which clocks in `zone` show `clock` on `day`.

    A time that a spring change skips means the moment after the jump; one that an autumn change repeats, the first.
    """
    wall = datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC)


def week_of(day: date, starts_on: int = MONDAY) -> date:
    """The first day of the week that `day` lies in; `starts_on` counts from 0, Monday."""
    return day - timedelta(days=(day.weekday() - starts_on) % 7)


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """When `day` begins in `zone` and when the next one does (UTC); 23 or 25 hours apart on a change of clocks."""
    return at_local(day, time(0), zone), at_local(day + timedelta(days=1), time(0), zone)


def add_business_days(at: datetime, days: int, zone: str, holidays: Collection[date] = ()) -> datetime:
    """The moment `days` business days after `at`, at the same wall-clock time.

    What arrives on a weekend or holiday counts as arrived at the start of the next business day.
    """
    local = at.astimezone(ZoneInfo(zone))
    day, clock = local.date(), local.timetz().replace(tzinfo=None)
    if not is_business_day(day, holidays):
        day, clock = next_business_day(day, holidays), time(0)
    for _ in range(days):
        day = next_business_day(day, holidays)
    return at_local(day, clock, zone)


def is_business_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < 5 and day not in holidays


def next_business_day(day: date, holidays: Collection[date] = ()) -> date:
    """The first business day after `day`."""
    day += timedelta(days=1)
    while not is_business_day(day, holidays):
        day += timedelta(days=1)
    return day


def age_on(day: date, birth_date: date) -> int:
    """Age in whole years on `day`; who was born on 29 February grows older on 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
