"""A referral's next step, as a ladder of named questions, and its clock in words."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from throughcare.knowledge.clinic_calendar import add_business_days
from throughcare.knowledge.levels_of_care import ALL as LEVELS

CONTACT_SETTING = "referral.contact_business_days"
FIRST_SESSION_SETTING = "referral.first_session_business_days"
MOST_INTENSE_HERE = LEVELS["php"].rank
SOON_HOURS = 2

Column = Literal["new", "trying", "assessment", "ready", "admitted", "said_no"]

COLUMNS: dict[Column, str] = {
    "new": "New",
    "trying": "Trying to reach",
    "assessment": "Assessment",
    "ready": "Ready for admission",
    "admitted": "Admitted this week",
    "said_no": "Said no",
}


@dataclass(frozen=True)
class IntakeVisit:
    """The intake visit that is booked: `said` names its time, whom it is with and how; `over` once it has ended.

    `came` is what attendance says of it, None while nothing was recorded.
    """

    starts_at: datetime
    said: str
    over: bool = False
    came: bool | None = None


@dataclass(frozen=True)
class ReferralSoFar:
    """What has happened since a referral came in, as far as its next step asks."""

    received_at: datetime
    attempts: int = 0
    reached_at: datetime | None = None
    intake: IntakeVisit | None = None
    assessment_opened_at: datetime | None = None
    assessment_signed_at: datetime | None = None
    placed: str = ""
    admitted_at: datetime | None = None
    first_session_at: datetime | None = None
    closed_because: str = ""


@dataclass(frozen=True)
class NextStep:
    """Where a referral stands: its column on the pipeline, and what is to be done, as an instruction."""

    column: Column
    words: str


def was_closed(so_far: ReferralSoFar) -> bool:
    """Did it end without an admission?"""
    return bool(so_far.closed_because)


def was_admitted(so_far: ReferralSoFar) -> bool:
    """Is the person in the program, or were they?"""
    return so_far.admitted_at is not None


def belongs_elsewhere(so_far: ReferralSoFar) -> bool:
    """Was the person placed at a level that the program does not give?"""
    return so_far.placed in LEVELS and LEVELS[so_far.placed].rank > MOST_INTENSE_HERE


def was_placed(so_far: ReferralSoFar) -> bool:
    """Has a clinician decided the level of care?"""
    return bool(so_far.placed)


def was_assessed(so_far: ReferralSoFar) -> bool:
    """Is the assessment signed?"""
    return so_far.assessment_signed_at is not None


def is_being_assessed(so_far: ReferralSoFar) -> bool:
    """Is an assessment open?"""
    return so_far.assessment_opened_at is not None


def missed_the_intake(so_far: ReferralSoFar) -> bool:
    """Was the newest intake visit missed?"""
    return so_far.intake is not None and so_far.intake.came is False


def had_the_intake(so_far: ReferralSoFar) -> bool:
    """Is the time of the intake visit over, or did the person come?"""
    return so_far.intake is not None and (so_far.intake.over or so_far.intake.came is True)


def is_booked(so_far: ReferralSoFar) -> bool:
    """Is an intake visit to come?"""
    return so_far.intake is not None


def was_reached(so_far: ReferralSoFar) -> bool:
    """Has anyone spoken with the person?"""
    return so_far.reached_at is not None


def was_tried(so_far: ReferralSoFar) -> bool:
    """Has anyone tried?"""
    return so_far.attempts > 0


def is_untouched(_: ReferralSoFar) -> bool:
    """Has nothing happened yet?"""
    return True


Question = Callable[[ReferralSoFar], bool]

INTAKE_BOOKED = NextStep("assessment", "Intake booked")

# The first question answered with yes says where the referral stands.
LADDER: tuple[tuple[Question, NextStep], ...] = (
    (was_admitted, NextStep("admitted", "Start the first session")),
    (was_closed, NextStep("said_no", "Nothing; it can be reopened")),
    (belongs_elsewhere, NextStep("ready", "Hand over to the level they need, then close")),
    (was_placed, NextStep("ready", "Admit")),
    (was_assessed, NextStep("assessment", "Decide the placement")),
    (is_being_assessed, NextStep("assessment", "Finish the assessment")),
    (missed_the_intake, NextStep("assessment", "Book the intake again: they didn’t come")),
    (had_the_intake, NextStep("assessment", "Open the assessment, or record that they didn’t come")),
    (is_booked, INTAKE_BOOKED),
    (was_reached, NextStep("assessment", "Book the intake")),
    (was_tried, NextStep("trying", "Try again")),
    (is_untouched, NextStep("new", "Make the first contact")),
)


def next_step(so_far: ReferralSoFar) -> NextStep:
    """Where the referral stands and what comes next."""
    step = _where(so_far)
    if step is INTAKE_BOOKED and so_far.intake is not None:
        return replace(step, words=f"Intake booked for {so_far.intake.said}")
    return step


def _where(so_far: ReferralSoFar) -> NextStep:
    return next(step for question, step in LADDER if question(so_far))


@dataclass(frozen=True)
class Clock:
    """What is due and when; `words` say how far away that is, `tone` repeats it."""

    what: str
    due_at: datetime
    words: str
    late: bool
    tone: Literal["calm", "watch", "wrong"]


def clock_of(
    so_far: ReferralSoFar,
    *,
    contact_days: int,
    session_days: int,
    zone: str,
    holidays: Collection[date],
    at: datetime,
) -> Clock | None:
    """The clock that runs now: first contact, the booked intake, then the first session.

    None when the first session was held or the referral closed.
    """
    if was_closed(so_far) or so_far.first_session_at is not None:
        return None
    if so_far.intake is not None and _where(so_far) is INTAKE_BOOKED:
        return _intake_clock(so_far.intake.starts_at, at)
    contact = not (
        was_reached(so_far) or is_booked(so_far) or is_being_assessed(so_far) or was_admitted(so_far)
    )
    days = contact_days if contact else session_days
    due = add_business_days(so_far.received_at, days, zone, holidays)
    return _clock("contact" if contact else "first session", due, at)


def _clock(what: str, due: datetime, at: datetime) -> Clock:
    late = at > due
    apart = say_span(abs((due - at).total_seconds()) / 3600)
    if late:
        return Clock(what, due, f"{what} {apart} late", True, "wrong")
    soon = (due - at).total_seconds() < SOON_HOURS * 3600
    return Clock(what, due, f"{what} due in {apart}", False, "watch" if soon else "calm")


def _intake_clock(starts_at: datetime, at: datetime) -> Clock:
    """An appointment is not late while it lasts: what follows it asks for the attendance."""
    hours = (starts_at - at).total_seconds() / 3600
    if hours <= 0:
        return Clock("intake", starts_at, "intake has begun", False, "watch")
    return Clock(
        "intake", starts_at, f"intake in {say_span(hours)}", False, "watch" if hours < SOON_HOURS else "calm"
    )


def say_span(hours: float) -> str:
    """A span in the words a person would use: minutes, then hours, then days."""
    if hours < 1:
        minutes = max(round(hours * 60), 1)
        return f"{minutes} min"
    if hours < 48:
        return f"{int(hours)} h"
    return f"{int(hours // 24)} days"
