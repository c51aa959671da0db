"""When a care plan and its reviews fall due, by days and by attended days, whichever comes first; and what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from throughcare.knowledge.planning.review_triggers import NO_GAIN_SETTING
from throughcare.knowledge.program_settings import Number, value_of

DUE_SETTINGS = (
    "plan.full_due_days",
    "plan.full_due_sessions",
    "plan.review_every_days",
    "plan.review_every_sessions",
    NO_GAIN_SETTING,
)

Rule = Literal["by_days", "by_sessions", "level_change", "no_gain", "critical"]


@dataclass(frozen=True)
class PlanDue:
    """What is due next: the full plan or a review of it, on which day, by which rule, in a sentence."""

    what: Literal["plan", "review"]
    due_date: date
    rule: Rule
    because: str

    def is_due(self, on: date) -> bool:
        """Whether the day has come."""
        return self.due_date <= on

    def is_overdue(self, on: date) -> bool:
        """Whether the day has passed."""
        return self.due_date < on


@dataclass(frozen=True)
class ReviewOutcome:
    """What a review decides; `next_step` says what to do then."""

    code: str
    word: str
    next_step: str


OUTCOMES = {
    row.code: row
    for row in (
        ReviewOutcome(
            "continue", "Continue as planned", "The plan goes on; the next review is counted from today."
        ),
        ReviewOutcome(
            "revise", "Revise the plan", "Start the next version of the plan and sign it together."
        ),
        ReviewOutcome(
            "step_up", "Step up", "Record the step to more intensive care, with the next place named."
        ),
        ReviewOutcome(
            "step_down", "Step down", "Record the step to less intensive care, with the next visit named."
        ),
        ReviewOutcome(
            "discharge", "Plan the discharge", "Prepare the discharge and an aftercare appointment."
        ),
    )
}

HELD_BECAUSE = {
    "by_days": "Due by days",
    "by_sessions": "Due by attended days",
    "level_change": "The level of care changed",
    "no_gain": "No reliable gain in time",
    "critical": "An answer that must be looked at",
    "asked": "The patient or the team asked for it",
}


def full_plan_due(
    admitted: date, attended: Sequence[date], *, own: Mapping[str, Number] | None = None
) -> PlanDue:
    """When the full plan is due; `attended` are the days with an attended session since admission, in order."""
    days = int(value_of("plan.full_due_days", own))
    sessions = int(value_of("plan.full_due_sessions", own))
    by_days = admitted + timedelta(days=days)
    reached = nth_day(attended, sessions)
    if reached is not None and reached < by_days:
        return PlanDue(
            "plan", reached, "by_sessions", f"The {ordinal(sessions)} attended day was {say(reached)}."
        )
    came = min(len(attended), sessions)
    return PlanDue(
        "plan",
        by_days,
        "by_days",
        f"Due {days} days after admission, or on the {ordinal(sessions)} attended day if that comes first "
        f"({came} so far).",
    )


def review_due(
    last: date,
    attended: Sequence[date],
    *,
    level_changed: date | None = None,
    no_gain: date | None = None,
    critical: tuple[date, str] | None = None,
    own: Mapping[str, Number] | None = None,
) -> PlanDue:
    """When the plan is reviewed next, counted from the last review (or the day the plan came into force).

    `attended` are the days with an attended session after `last`, in order; `no_gain` the day by which nothing got
    reliably better; `critical` the day of an answer that must be looked at, and the questionnaire's name.
    """
    days = int(value_of("plan.review_every_days", own))
    sessions = int(value_of("plan.review_every_sessions", own))
    due = PlanDue(
        "review",
        last + timedelta(days=days),
        "by_days",
        f"Reviewed every {days} days or {sessions} attended days; the last time was {say(last)} "
        f"({min(len(attended), sessions)} attended since).",
    )
    reached = nth_day(attended, sessions)
    if reached is not None and reached < due.due_date:
        due = PlanDue(
            "review",
            reached,
            "by_sessions",
            f"The {ordinal(sessions)} attended day since the last review was {say(reached)}.",
        )
    events = _events(level_changed, no_gain if no_gain and no_gain > last else None, critical, own=own)
    return min([due, *events], key=lambda one: one.due_date)


def _events(
    level_changed: date | None,
    no_gain: date | None,
    critical: tuple[date, str] | None,
    *,
    own: Mapping[str, Number] | None,
) -> list[PlanDue]:
    found = []
    if critical is not None:
        day, title = critical
        because = f"{title} on {say(day)} has an answer that must be looked at."
        found.append(PlanDue("review", day, "critical", because))
    if level_changed is not None:
        because = f"The level of care changed on {say(level_changed)}."
        found.append(PlanDue("review", level_changed, "level_change", because))
    if no_gain is not None:
        weeks = int(value_of(NO_GAIN_SETTING, own))
        because = f"No measure was reliably better {weeks} weeks after admission, on {say(no_gain)}."
        found.append(PlanDue("review", no_gain, "no_gain", because))
    return found


def nth_day(days: Sequence[date], n: int) -> date | None:
    """The n-th of these days, or None where there are fewer."""
    return days[n - 1] if len(days) >= n else None


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 4th …"""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def say(day: date) -> str:
    """A day in words that a sentence can hold."""
    return f"{day:%B} {day.day}, {day.year}"
