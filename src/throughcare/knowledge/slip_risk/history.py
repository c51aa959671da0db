"""What is known of one stay, week by week: who is looked at, what was known then, and what came of it. [ours]

A person has dropped out when the stay ended as lost contact or left by choice. It is counted seven days after the last
session they came to: the discharge is written weeks later, when nobody can act on it any more. Looks are seven days
apart from the admission on; only who was seen (or admitted) within the last seven days is looked at. The last four
weeks are left out of every count, because some who left in them are not discharged yet.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
AWAY_DAYS = 7
SETTLES_DAYS = 28
# Discharge reasons that are a drop-out: TEDS counts these two so.
DROPPED_OUT = frozenset({"lost_contact", "left_informed"})


class Expected(NamedTuple):
    """One session at which the person was expected, and how they came; `planned` is 0 for a make-up."""

    day: date
    status: str
    minutes: int
    planned: int
    kind: str = "process"
    is_make_up: bool = False


class Answered(NamedTuple):
    """A number that the person gave on a day: craving 0 to 10, or a questionnaire's total."""

    day: date
    value: float


class Asked(NamedTuple):
    """A questionnaire that was due on a day, and the day it was answered, if ever."""

    due: date
    answered: date | None


class Call(NamedTuple):
    """An attempt to reach the person, and whether it did."""

    day: date
    reached: bool


@dataclass(frozen=True)
class History:
    """One stay with its facts in order of days. `groups` are for the fairness page and never features."""

    key: int
    admitted: date
    ended: date | None = None
    dropped_out: bool = False
    sessions: tuple[Expected, ...] = ()
    cravings: tuple[Answered, ...] = ()
    scores: tuple[Answered, ...] = ()
    asked: tuple[Asked, ...] = ()
    calls: tuple[Call, ...] = ()
    groups: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @cached_property
    def seen_days(self) -> tuple[date, ...]:
        """The days on which the person was there, the admission first."""
        return (self.admitted, *(one.day for one in self.sessions if one.minutes > 0))

    @cached_property
    def session_days(self) -> tuple[date, ...]:
        """The day of each session."""
        return tuple(one.day for one in self.sessions)

    @cached_property
    def gone(self) -> date | None:
        """The day from which the person counts as dropped out; None when they didn't."""
        return self.seen_days[-1] + timedelta(days=AWAY_DAYS) if self.dropped_out else None

    def last_seen(self, on: date) -> date:
        """The last day on which the person was there before a day; the admission when never since."""
        place = bisect_left(self.seen_days, on, lo=1)
        return self.seen_days[place - 1]

    def between(self, first: date, end: date) -> tuple[Expected, ...]:
        """The sessions on days from `first` until before `end`."""
        low, high = bisect_left(self.session_days, first), bisect_left(self.session_days, end)
        return self.sessions[low:high]

    def is_looked_at(self, on: date) -> bool:
        """Whether the person is in care on a day and was seen within the last seven."""
        in_care = self.admitted <= on and (self.ended is None or on < self.ended)
        return in_care and (on - self.last_seen(on)).days <= AWAY_DAYS

    def drops_out_within(self, days: int, on: date) -> bool | None:
        """Whether the person, looked at on a day, dropped out in so many days; None when nobody can know yet."""
        end = on + timedelta(days=days)
        if self.gone is not None:
            return self.gone <= end
        if self.ended is not None:
            return False
        back = bisect_right(self.seen_days, end - timedelta(days=AWAY_DAYS)) < len(self.seen_days)
        return False if back else None

    def looks(self, *, days: int, until: date) -> Iterator[tuple[date, bool]]:
        """Each look whose next so many days lie before `until`, and whether the person dropped out in them.

        Looks are a week apart from the admission on, at someone in care and seen lately.
        """
        on, reach = self.admitted, timedelta(days=days)
        while on + reach <= until and (self.gone is None or on < self.gone):
            outcome = self.drops_out_within(days, on) if self.is_looked_at(on) else None
            if outcome is not None:
                yield on, outcome
            on += WEEK


def settled(today: date) -> date:
    """The day until which drop-outs are known: whoever left is discharged some weeks later."""
    return today - timedelta(days=SETTLES_DAYS)
