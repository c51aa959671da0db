"""Injections that come due and supplies that run out, said some days ahead."""

from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.medications.due import Due
from throughcare.knowledge.medications.schedules import Schedule, next_dose

CITE = "program default: flagged three days ahead; intervals as on the labels"


@dataclass(frozen=True)
class Supply:
    """What is known of one medication in force: its rhythm, its last injection, its last fill."""

    thread: str
    name: str
    schedule: Schedule
    is_injection: bool
    began: date | None
    last_given: date | None = None
    filled: date | None = None
    days_supply: int | None = None


def injection_due(supply: Supply) -> Due | None:
    """The day of the next injection; None for what is no injection or has no rhythm."""
    day = next_dose(supply.schedule, supply.last_given, began=supply.began) if supply.is_injection else None
    if day is None:
        return None
    because = (
        f"Last given on {supply.last_given:%B} {supply.last_given.day}, {supply.schedule.words}."
        if supply.last_given
        else "No injection of it is recorded yet."
    )
    return Due("injection", f"{supply.name}: injection", because, day, "nurse", CITE, supply.thread)


def refill_due(supply: Supply) -> Due | None:
    """The first day without medication, after the last fill; None where no fill is known or none is needed."""
    if supply.is_injection or supply.filled is None or supply.days_supply is None:
        return None
    if supply.schedule.every_days is None:
        return None
    day = supply.filled + timedelta(days=supply.days_supply)
    because = f"Filled on {supply.filled:%B} {supply.filled.day} for {supply.days_supply} days."
    return Due("refill", f"{supply.name}: refill", because, day, "nurse", CITE, supply.thread)


def gap_days(supply: Supply, today: date) -> int:
    """How many days they have been without it, as far as fills tell; 0 while it lasts."""
    due = refill_due(supply)
    return max(0, (today - due.due_date).days + 1) if due else 0
