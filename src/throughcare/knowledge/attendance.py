"""How a person came to a session: one table of words, colors and whether the minutes count."""

from dataclasses import dataclass
from typing import Literal

from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal

Tone = Literal["ok", "warn", "bad", "quiet"]

CITE = "Hours are attended minutes; breaks are excluded and late or early leave counts actual minutes"


@dataclass(frozen=True)
class AttendanceStatus:
    """One way of coming or not coming; `tone` names the color that goes with the word."""

    code: str
    word: str
    tone: Tone
    minutes_count: bool
    asks_late_minutes: bool = False
    asks_left_early_minutes: bool = False


ROWS = (
    AttendanceStatus("present", "Present", "ok", minutes_count=True),
    AttendanceStatus("late", "Late", "warn", minutes_count=True, asks_late_minutes=True),
    AttendanceStatus("left_early", "Left early", "warn", minutes_count=True, asks_left_early_minutes=True),
    AttendanceStatus(
        "late_and_left_early",
        "Late and left early",
        "warn",
        minutes_count=True,
        asks_late_minutes=True,
        asks_left_early_minutes=True,
    ),
    AttendanceStatus("excused", "Excused", "quiet", minutes_count=False),
    AttendanceStatus("no_show", "No-show", "bad", minutes_count=False),
    AttendanceStatus("cancelled_by_program", "Canceled by the program", "quiet", minutes_count=False),
)

ALL: dict[str, AttendanceStatus] = {row.code: row for row in ROWS}


class CannotCountMinutes(ValueError):
    """The attendance is impossible; the text is the refusal's sentence."""


def attended_minutes(
    status: str,
    *,
    scheduled_minutes: int,
    break_minutes: int = 0,
    late_minutes: int = 0,
    left_early_minutes: int = 0,
) -> int:
    """Minutes of treatment the person had: the session less its breaks and what was missed of it.

    Raises `CannotCountMinutes` where `check_attendance` refuses.
    """
    verdict = check_attendance(
        status,
        scheduled_minutes=scheduled_minutes,
        break_minutes=break_minutes,
        late_minutes=late_minutes,
        left_early_minutes=left_early_minutes,
    )
    if isinstance(verdict, Refused):
        raise CannotCountMinutes(verdict.because)
    if not ALL[status].minutes_count:
        return 0
    return scheduled_minutes - break_minutes - late_minutes - left_early_minutes


def check_attendance(
    status: str,
    *,
    scheduled_minutes: int,
    break_minutes: int = 0,
    late_minutes: int = 0,
    left_early_minutes: int = 0,
) -> Verdict:
    """Whether such an attendance is possible: known status, minutes only where asked, something left to count."""
    row = ALL.get(status)
    if row is None:
        return Refused(because=f"“{status}” is not an attendance status. Choose one of: {', '.join(ALL)}.")
    if scheduled_minutes < 1 or not 0 <= break_minutes < scheduled_minutes:
        return Refused(
            because=f"A session of {scheduled_minutes} minutes with {break_minutes} minutes of break has no time "
            "in it. Correct the session first.",
            cite=CITE,
        )
    treatment = scheduled_minutes - break_minutes
    return first_refusal(
        check_missed(row.word, row.asks_late_minutes, late_minutes, "late"),
        check_missed(row.word, row.asks_left_early_minutes, left_early_minutes, "missed at the end"),
        check_rest(treatment, late_minutes + left_early_minutes),
    )


def check_missed(word: str, is_asked: bool, minutes: int, what: str) -> Verdict:
    """Whether minutes are given exactly where the status asks for them."""
    if is_asked and minutes < 1:
        return Refused(because=f"Say how many minutes were {what}, at least 1.", cite=CITE)
    if not is_asked and minutes:
        return Refused(because=f"“{word}” has no minutes {what}. Clear them or choose another status.")
    return Allowed()


def check_rest(treatment: int, missed: int) -> Verdict:
    """Whether some of the treatment's minutes are left when those missed are taken off."""
    if missed < treatment:
        return Allowed()
    return Refused(
        because=f"{missed} of {treatment} minutes missed leaves nothing attended. "
        "Check the minutes, or record a no-show.",
        cite=CITE,
    )
