"""A patient's ledger of hours, week by week."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.day import day_of
from throughcare.faces.web.strips import WeekOfHours
from throughcare.pathway.session.hours import hour_ledger

WEEKS = 8
COLUMNS = (
    Column("Session"),
    Column("Attendance"),
    Column("Planned, min", numbers=True),
    Column("Counts, min", numbers=True),
    Column("Why"),
)


def ledger(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Hours delivered of hours prescribed; each week opens to its sessions. `?before=2026-03-02` looks further back."""
    at = timezone.now()
    before = day_of(request.GET.get("before", ""))
    found = hour_ledger(patient, by=request.actor, at=at, weeks=WEEKS, before=before)
    shown = [week for week in found.weeks if week.lines or week.ledger.prescribed]
    context = {
        **chart(patient, current="hours", by=request.actor, at=at),
        "found": found,
        "weeks": shown,
        "columns": COLUMNS,
        "before": before,
        "oldest": found.weeks[-1].ledger.begins,
        "bars": [
            WeekOfHours(week.ledger.begins, week.ledger.delivered, week.ledger.prescribed)
            for week in reversed(shown)
        ],
    }
    return render(request, "sessions/hours.html", context)
