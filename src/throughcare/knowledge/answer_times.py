"""Messages to the care team: by when they are answered, and whether somebody reads them now. [ours]

The team reads messages in its hours on business days. What comes at another time counts from the next opening. Words
in which a crisis may show don't wait for any of this: a human reads them within half an hour (`crisis_words.py`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from throughcare.knowledge.clinic_calendar import (
    add_business_days,
    at_local,
    is_business_day,
    next_business_day,
)
from throughcare.knowledge.program_settings import Number, value_of

SETTINGS = ("messages.answer_business_days", "messages.opens_hour", "messages.closes_hour")
LONGEST_WORDS, LONGEST_ABOUT = 4000, 120
LAST_MINUTE = time(23, 59)
ANSWERED, NOTHING_TO_ANSWER = "answered", "no_answer"


@dataclass(frozen=True)
class TeamHours:
    """When the team of one site reads messages, by its wall clock; `closes` of 24 is midnight."""

    opens: int
    closes: int
    answer_days: int
    zone: str
    holidays: frozenset[date] = frozenset()


def team_hours(
    zone: str, holidays: Collection[date] = (), *, own: Mapping[str, Number] | None = None
) -> TeamHours:
    """The hours as the settings in force have them."""
    days, opens, closes = (int(value_of(key, own)) for key in SETTINGS)
    return TeamHours(opens, closes, days, zone, frozenset(holidays))


def is_read_now(at: datetime, hours: TeamHours) -> bool:
    """Whether the team reads messages at this moment."""
    local = at.astimezone(ZoneInfo(hours.zone))
    return is_business_day(local.date(), hours.holidays) and hours.opens <= local.hour < hours.closes


def counts_from(at: datetime, hours: TeamHours) -> datetime:
    """The moment from which the time to answer runs: now, or the next opening."""
    if is_read_now(at, hours):
        return at
    local = at.astimezone(ZoneInfo(hours.zone))
    day = local.date()
    if not is_business_day(day, hours.holidays) or local.hour >= hours.closes:
        day = next_business_day(day, hours.holidays)
    return at_local(day, time(hours.opens), hours.zone)


def answer_by(at: datetime, hours: TeamHours) -> datetime:
    """By when a message that comes in at this moment is answered; with no days, by the close of that day."""
    begins = counts_from(at, hours)
    if hours.answer_days:
        return add_business_days(begins, hours.answer_days, hours.zone, hours.holidays)
    day = begins.astimezone(ZoneInfo(hours.zone)).date()
    return at_local(day, time(hours.closes) if hours.closes < 24 else LAST_MINUTE, hours.zone)
