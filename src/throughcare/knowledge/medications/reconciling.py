"""When the list of medications is gone through: at intake, after a change of level or a hospital, every month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughcare.knowledge.medications.due import Due

CITE = "program default: reconcile at intake, every change of level, every hospital event, every 30 days"
DECISIONS = {
    "continue": "Goes on as it is",
    "change": "Changes",
    "stop": "Stops",
    "unknown": "Not known",
}
OCCASIONS = {
    "intake": "Intake",
    "level_change": "Change of level",
    "hospital": "After a hospital or emergency department",
    "routine": "Monthly",
    "other": "Another reason",
}
SOURCES = {
    "person": "The person",
    "bottle": "Bottles or packages seen",
    "family": "Family",
    "pharmacy": "Pharmacy",
    "records": "Another place's records",
    "prescriber": "The prescriber",
    "otp": "Opioid treatment program",
    "pdmp": "Prescription monitoring program",
}
HOSPITALS = {"emergency": "Emergency department", "hospital": "Hospital stay"}


@dataclass(frozen=True)
class Event:
    """What asks for a reconciliation: intake, level_change or hospital, when it was, and the day at the site."""

    occasion: str
    at: datetime
    day: date


def reconciliation_due(
    events: Iterable[Event], done: Iterable[datetime], *, last_day: date | None, every: int, within: int
) -> Due | None:
    """The next reconciliation, or None for someone for whom nothing asks for one.

    An event is answered only by going through the list after it; `last_day` is the day of the last one.
    """
    latest = max(done, default=None)
    waiting = [one for one in events if latest is None or one.at > latest]
    if waiting:
        first = min(waiting, key=lambda one: one.at)
        because = f"{OCCASIONS[first.occasion]} on {first.day:%B} {first.day.day}."
        due = first.day + timedelta(days=within)
        return Due("reconcile", "Go through the medications", because, due, "nurse", CITE)
    if last_day is None:
        return None
    because = f"Last gone through on {last_day:%B} {last_day.day}; every {every} days."
    return Due(
        "reconcile", "Go through the medications", because, last_day + timedelta(days=every), "nurse", CITE
    )
