"""When a suicide risk tool is due: an answer that opens a crisis path asks for one the same day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from throughcare.knowledge.clinic_calendar import day_bounds, local_day
from throughcare.knowledge.intake.sections import ITEM_THAT_ASKS, RISK_TOOLS
from throughcare.pathway.measure.measure_view import MeasureView


@dataclass(frozen=True)
class RiskDue:
    """A risk tool that is due: which answer asks for it, since when, until when, and whether that has passed."""

    because: str
    since: datetime
    due_at: datetime
    overdue: bool


def risk_tool_due(measures: Iterable[MeasureView], *, zone: str, at: datetime) -> RiskDue | None:
    """The risk tool that a patient's newest answers ask for; None when a later, complete one answers it.

    Only a tool taken after the answer counts: what was asked in the morning does not answer the evening.
    """
    known = [measure for measure in measures if measure.retired_at is None]
    asking = [
        measure
        for measure in known
        if measure.code in ITEM_THAT_ASKS
        and any(item >= ITEM_THAT_ASKS[measure.code] for item, _ in measure.critical)
    ]
    if not asking:
        return None
    newest = max(asking, key=lambda measure: measure.taken_at)
    answered = any(
        measure.code in RISK_TOOLS and measure.band and measure.taken_at >= newest.taken_at
        for measure in known
    )
    if answered:
        return None
    _, due_at = day_bounds(local_day(newest.taken_at, zone), zone)
    items = ", ".join(str(item) for item, _ in newest.critical)
    return RiskDue(f"{newest.short_title}, item {items}", newest.taken_at, due_at, at >= due_at)
