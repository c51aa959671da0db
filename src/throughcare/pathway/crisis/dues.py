"""What a crisis asks for by a moment, kept as rows that the desk and Today can list. For this package."""

from collections.abc import Sequence
from datetime import datetime

from throughcare.knowledge.crisis.dues import Line, contact_due, follow_up_due, met_by, visit_due
from throughcare.pathway.crisis.crisis_rows import clock_of, priority_in_force
from throughcare.records.crises import Crisis, CrisisDue, CrisisEntry


def lines_of(entries: Sequence[CrisisEntry]) -> list[Line]:
    """A log's entries as the rules read them."""
    return [Line(entry.kind, entry.happened_at, entry.choice) for entry in entries]


def keep_dues(crisis: Crisis, *, at: datetime) -> None:
    """Bring a crisis's dues in line with its log: new ones set, those that were done marked with what did it."""
    entries = list(CrisisEntry.objects.filter(crisis=crisis).order_by("happened_at", "pk"))
    log, clock = lines_of(entries), clock_of(crisis.site, at=at)
    priority = priority_in_force(crisis, entries)
    wanted = {
        "contact": contact_due(priority, raised_at=crisis.came_at, clock=clock),
        "follow_up": follow_up_due(priority, log, clock=clock),
        "visit": visit_due(log, clock=clock),
    }
    there = {due.kind: due for due in CrisisDue.objects.filter(crisis=crisis)}
    for kind, due_at in wanted.items():
        if due_at is None:
            continue
        line = met_by(kind, log)
        entry = entries[log.index(line)] if line else None
        _keep(crisis, there.get(kind), kind, due_at, entry, at=at)


def _keep(
    crisis: Crisis,
    row: CrisisDue | None,
    kind: str,
    due_at: datetime,
    entry: CrisisEntry | None,
    *,
    at: datetime,
) -> None:
    if row is None:
        CrisisDue.objects.create(
            organization_id=crisis.organization_id,
            crisis=crisis,
            kind=kind,
            due_at=due_at,
            met_by=entry,
            recorded_at=at,
        )
    elif row.met_by_id is None and (row.due_at != due_at or entry is not None):
        row.due_at, row.met_by = due_at, entry
        row.save(update_fields=["due_at", "met_by"])
