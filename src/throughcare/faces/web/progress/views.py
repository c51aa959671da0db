"""The progress page: measures, attendance, hours and objectives of an episode."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.progress.drawn import attendance_weeks, draw_measures, hour_weeks
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.daily_check_in.daily_views import daily_strip
from throughcare.pathway.measure.tiers import tier_view
from throughcare.pathway.privacy import may_access
from throughcare.pathway.progress.progress import progress_of

TAKEN = (Column("Date"), Column("Score"), Column("Band"))
OBJECTIVES = (
    Column("Objective"),
    Column("Stands"),
    Column("By"),
    Column("Notes", numbers=True),
    Column("Last note"),
)


def progress(request: StaffRequest, patient: UUID) -> HttpResponse:
    """How a person does."""
    by, now = request.actor, timezone.now()
    found = progress_of(patient, by=by, at=now)
    measures = draw_measures(found.measures, found.objectives)
    may_see_days = bool(found.episode) and may_access("daily", by=by)
    context = {
        "progress": found,
        "tier": tier_view(patient, by=by, at=now),
        "strip": daily_strip(patient, by=by, at=now) if may_see_days else None,
        "has_course": any(one.chart and one.chart.expected for one in measures),
        "may_discharge": may_access("discharge", by=by, verb="change"),
        "measures": measures,
        "attendance_weeks": attendance_weeks(found.weeks),
        "hour_weeks": hour_weeks(found.weeks),
        "taken_columns": TAKEN,
        "objective_columns": OBJECTIVES,
        **chart(patient, current="progress", by=by, at=now),
    }
    return render(request, "progress/progress.html", context)
