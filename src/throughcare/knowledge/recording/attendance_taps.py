"""Attendance at the door: five taps, and the minutes that the clock suggests for each."""

from dataclasses import dataclass

from throughcare.knowledge.attendance import ALL as STATUSES

# In the order of the buttons, which are also the keys 1 to 5.
TAPS = ("present", "late", "left_early", "excused", "no_show")
# Suggested when the clock can't tell: the session is over, or the minutes would be all of it.
USUAL_MINUTES = 15


@dataclass(frozen=True)
class Came:
    """How a person came: a status of the table and the minutes that were missed of the session."""

    status: str
    late_minutes: int = 0
    left_early_minutes: int = 0


def read_tap(
    tap: str, *, standing: Came | None, minutes_since_start: int, minutes_to_end: int, treatment_minutes: int
) -> Came:
    """What one tap means now. Minutes come from the clock while the session runs, and can be changed after.

    Who came late and then leaves early is both; a tap on what already stands changes nothing.
    """
    if standing is not None and tap == standing.status:
        return standing
    late, left = 0, 0
    if tap == "late":
        late = suggested(minutes_since_start, minutes_to_end, treatment_minutes)
    if tap == "left_early":
        late = standing.late_minutes if standing else 0
        if treatment_minutes - late < 2:
            late = 0
        left = suggested(minutes_to_end, minutes_since_start, treatment_minutes - late)
    return Came(status_of(late, left) if late or left else tap, late, left)


def suggested(missed: int, rest: int, most: int) -> int:
    """The minutes missed by the clock if the session is running, else the usual ones; some are always left."""
    running = missed > 0 and rest > 0
    return max(1, min(missed if running else USUAL_MINUTES, most - 1))


def status_of(late_minutes: int, left_early_minutes: int) -> str:
    """The status that these missed minutes amount to."""
    for status in STATUSES.values():
        if (
            status.minutes_count
            and status.asks_late_minutes == bool(late_minutes)
            and status.asks_left_early_minutes == bool(left_early_minutes)
        ):
            return status.code
    raise AssertionError("the table of statuses has a row for every mix of missed minutes")


def arrived(minutes_since_start: int, *, late_from: int, treatment_minutes: int) -> Came:
    """How someone came who was first seen so many minutes after the start (before it: negative)."""
    if minutes_since_start < late_from:
        return Came("present")
    return Came("late", late_minutes=min(minutes_since_start, treatment_minutes - 1))
