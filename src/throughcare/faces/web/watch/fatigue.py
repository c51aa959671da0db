"""How often each kind of sign is raised, acted on and dismissed, month by month."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.warning_sign.fatigue import alert_fatigue

COLUMNS = (
    Column("Kind of sign"),
    Column("Raised", numbers=True),
    Column("Acted on", numbers=True),
    Column("Dismissed", numbers=True),
    Column("Withdrawn by facts", numbers=True),
    Column("Still standing", numbers=True),
    Column("Overdue now", numbers=True),
    Column("Why dismissed"),
)


def alert_fatigue_page(request: StaffRequest) -> HttpResponse:
    """What became of the signs raised in a month."""
    found = alert_fatigue(_month(request), by=request.actor, at=timezone.now())
    before, after = found.first - timedelta(days=1), found.first + timedelta(days=32)
    context = {
        "month": found,
        "columns": COLUMNS,
        "before": f"?month={before:%Y-%m}",
        "after": f"?month={after:%Y-%m}" if after <= timezone.localdate().replace(day=28) else "",
        "trail": [("Watch list", reverse("watch"))],
    }
    return render(request, "watch/fatigue.html", context)


def _month(request: StaffRequest) -> date | None:
    try:
        found = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return None
    return found if found.year > 1 and found.year < 9999 else None
