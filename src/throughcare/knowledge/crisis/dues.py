"""What a crisis asks for by a moment, and which entry does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from throughcare.knowledge.clinic_calendar import day_bounds, local_day
from throughcare.knowledge.crisis.clock import Clock
from throughcare.knowledge.crisis.entries import DISPOSITION
from throughcare.knowledge.safety import PRIORITY

DUES: dict[str, str] = {
    "contact": "Reach the person",
    "follow_up": "Speak with the person again",
    "visit": "A visit after the hospital",
}
# From the first of these on an emergency is in somebody else's hands, and the day of contact after it runs.
HANDED_OVER = frozenset({"ems", "mobile_crisis", "disposition", "handoff"})


@dataclass(frozen=True)
class Line:
    """One entry of a log, as the rules read it."""

    kind: str
    happened_at: datetime
    choice: str = ""


def contact_due(priority: str, *, raised_at: datetime, clock: Clock) -> datetime | None:
    """By when the person is reached: as the priority says, the same day for P3; None for P4."""
    within = PRIORITY[priority].contact_within
    if within is not None:
        return clock.after(raised_at, within.setting)
    if priority == "P3":
        return day_bounds(local_day(raised_at, clock.zone), clock.zone)[1] - timedelta(seconds=1)
    return None


def handed_over_at(log: Sequence[Line]) -> datetime | None:
    """When the emergency came into somebody else's hands; None while it has not."""
    return min((line.happened_at for line in log if line.kind in HANDED_OVER), default=None)


def follow_up_due(priority: str, log: Sequence[Line], *, clock: Clock) -> datetime | None:
    """By when somebody speaks with the person again after an emergency; None when none is due."""
    handed_over = handed_over_at(log)
    if priority != "P1" or handed_over is None or _ends_contact(log):
        return None
    return clock.after(handed_over, "crisis.p1.contact_hours")


def visit_due(log: Sequence[Line], *, clock: Clock) -> datetime | None:
    """By when someone who was taken to a hospital has a visit; None for everyone else."""
    taken = [
        line.happened_at
        for line in log
        if line.kind == "disposition" and line.choice in DISPOSITION and DISPOSITION[line.choice].to_hospital
    ]
    if not taken or _ends_contact(log):
        return None
    return clock.after(min(taken), "crisis.hospital_visit_days")


def met_by(due: str, log: Sequence[Line]) -> Line | None:
    """The entry that did what was due; None while nothing has."""
    handed_over = handed_over_at(log)
    for line in sorted(log, key=lambda one: one.happened_at):
        if due == "contact" and line.kind == "reached":
            return line
        if due == "visit" and line.kind == "visit":
            return line
        if due == "follow_up" and line.kind == "reached" and handed_over and line.happened_at > handed_over:
            return line
    return None


def _ends_contact(log: Sequence[Line]) -> bool:
    return any(
        line.kind == "disposition" and line.choice in DISPOSITION and DISPOSITION[line.choice].ends_contact
        for line in log
    )
