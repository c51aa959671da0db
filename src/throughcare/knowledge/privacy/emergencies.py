"""Breaking the glass before a guarded record: the reasons it takes, and what a review may find. [ours]"""

from collections.abc import Collection
from datetime import date

from throughcare.knowledge.clinic_calendar import next_business_day
from throughcare.knowledge.roles import TREATING
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

EMERGENCY_RULE = "42 CFR 2.51"

REASONS: dict[str, str] = {
    "medical": "A medical emergency",
    "danger": "Danger to someone's life",
    "care_team_away": "Care that can't wait, and nobody on the care team can be reached",
}
# Not chosen on the form: a record opened for nobody inside, but told to someone outside.
TOLD_OUTSIDE = "told_outside"
REASON_WORDS = {**REASONS, TOLD_OUTSIDE: "Told to someone outside in an emergency"}

FINDINGS: dict[str, str] = {
    "appropriate": "It was right",
    "not_appropriate": "It was not right",
    "needs_talk": "We need to talk about it",
}


def may_break_glass(*, roles: frozenset[str], guarded: bool, near: bool) -> Verdict:
    """Whether someone who stands so to a person may open their record with a reason."""
    if roles.isdisjoint(TREATING):
        return Refused("In an emergency ask someone who treats patients.", EMERGENCY_RULE)
    if near or not guarded:
        return Refused("This record opens to you without an emergency.", EMERGENCY_RULE)
    return Allowed()


def review_due(opened: date, *, days: int, holidays: Collection[date] = ()) -> date:
    """The business day by whose end the opening must be reviewed; what is opened on a Friday, on Monday."""
    due = opened
    for _ in range(days):
        due = next_business_day(due, holidays)
    return due
