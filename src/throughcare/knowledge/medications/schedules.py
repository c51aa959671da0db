"""How often a medication is taken: words, days between doses, doses a day. [ours]"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Schedule:
    """One rhythm. `every_days` None: only when needed, or once, so that no day is a missed one."""

    code: str
    words: str
    every_days: int | None
    per_day: int = 1

    @property
    def is_daily(self) -> bool:
        """Whether there is a dose on every day."""
        return self.every_days == 1


ROWS = (
    Schedule("daily", "once a day", 1),
    Schedule("bedtime", "at bedtime", 1),
    Schedule("twice_daily", "twice a day", 1, 2),
    Schedule("three_daily", "three times a day", 1, 3),
    Schedule("four_daily", "four times a day", 1, 4),
    Schedule("every_other_day", "every other day", 2),
    Schedule("weekly", "once a week", 7),
    Schedule("every_2_weeks", "every 2 weeks", 14),
    Schedule("every_4_weeks", "every 4 weeks", 28),
    Schedule("every_8_weeks", "every 8 weeks", 56),
    Schedule("every_12_weeks", "every 12 weeks", 84),
    Schedule("as_needed", "when needed", None),
    Schedule("once", "once", None),
)
ALL: dict[str, Schedule] = {row.code: row for row in ROWS}


def next_dose(schedule: Schedule, last: date | None, *, began: date | None) -> date | None:
    """The day of the next dose that is more than a day apart from the last; None where no day can be told.

    Before the first dose it is the day on which the medication began.
    """
    if schedule.every_days is None or schedule.is_daily:
        return None
    return last + timedelta(days=schedule.every_days) if last else began
