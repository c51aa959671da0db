"""A raised warning sign: what was seen, since when, what is due by when, and whose it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from throughcare.knowledge.clinic_calendar import day_bounds, local_day
from throughcare.knowledge.program_settings import ALL, Number, value_of
from throughcare.knowledge.warning_signs.picture import Picture

Risk = Literal["watch", "high"]
SECOND = timedelta(seconds=1)
# The keys of every number that a sign asks for.
SETTINGS = (
    "attendance.late_minutes",
    "attendance.no_show_minutes",
    "attendance.cancel_notice_hours",
    "attendance.low",
    "attendance.critical",
    "attendance.critical_no_shows",
    "attendance.window_days",
    "week_start",
    "plan.review_no_gain_weeks",
    "check_in.high_craving",
    *(key for key in ALL if key.startswith(("signs.", "late.", "outreach.", "safety.reassess_days."))),
)


@dataclass(frozen=True)
class Sign:
    """One warning sign of one person. `(code, topic)` says which: a sign of one topic stands once.

    `seen_at` is the newest fact that it rests on; `first_step_by` is when a first step is due, before `due_at`.
    `lapses_at` is when time alone would take it away: what stands then goes on standing until a person acts.
    `answered_at` is set when a person's act is among the facts already, such as a documented call.
    """

    code: str
    because: str
    since: datetime
    due_at: datetime
    owner_role: str
    topic: str = ""
    risk: Risk = "watch"
    seen_at: datetime | None = None
    first_step_by: datetime | None = None
    lapses_at: datetime | None = None
    answered_at: datetime | None = None
    answered_by: str = ""

    @property
    def newest(self) -> datetime:
        """The newest fact that it rests on."""
        return self.seen_at or self.since

    def is_red(self, at: datetime) -> bool:
        """Whether what is due was not done in time."""
        return at > self.due_at


def setting(picture: Picture, key: str) -> Number:
    """The program's own number, or its default."""
    return value_of(key, picture.settings)


def days(picture: Picture, key: str) -> int:
    """A setting in days."""
    return int(setting(picture, key))


def shifted(picture: Picture, moment: datetime, count: int) -> datetime:
    """The moment so many days later (or earlier) at which clocks at the site show the same."""
    return (moment.astimezone(ZoneInfo(picture.zone)) + timedelta(days=count)).astimezone(UTC)


def is_within(picture: Picture, moment: datetime, count: int) -> bool:
    """Whether a moment lies in the last so many days."""
    return shifted(picture, picture.at, -count) <= moment <= picture.at


def end_of_day(day: date, zone: str) -> datetime:
    """The last second of a day at the site: what is due on a day is overdue at midnight."""
    return day_bounds(day, zone)[1] - SECOND


def end_of(picture: Picture, moment: datetime, *, later: int = 0) -> datetime:
    """The end of the site's day in which a moment lies, or of one so many days later."""
    return end_of_day(local_day(moment, picture.zone) + timedelta(days=later), picture.zone)


def next_session_end(picture: Picture, after: datetime) -> datetime | None:
    """When the next planned session ends that begins after a moment; None where none is planned."""
    coming = [
        session.ends_at
        for session in picture.sessions
        if session.starts_at > after and session.status is None and session.cancelled_at is None
    ]
    return min(coming, default=None)


def when(picture: Picture, moment: datetime) -> str:
    """A day in words: “Wed Mar 4”."""
    day = local_day(moment, picture.zone)
    return f"{day:%a %b} {day.day}"


def seen_anew(picture: Picture, since: datetime, every: int) -> datetime:
    """What only goes on is seen anew every so many days: the last such moment."""
    passed = (local_day(picture.at, picture.zone) - local_day(since, picture.zone)).days // every
    found = shifted(picture, since, passed * every)
    return found if found <= picture.at else shifted(picture, since, (passed - 1) * every)


def times(count: int) -> str:
    """How often, in words."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{count} {one if count == 1 else many or one + 's'}"
