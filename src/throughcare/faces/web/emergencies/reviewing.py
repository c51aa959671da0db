"""The list of emergencies, one of them, and its review."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.emergencies.forms import ReviewForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.privacy_tabs import privacy_tabs
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.emergency import emergencies, review_emergency
from throughcare.pathway.privacy.emergency_page import emergency_page
from throughcare.pathway.privacy.notices import OFFICERS

COLUMNS = [Column(title) for title in ("When", "Who", "Whose record", "Reason", "Review")]
OPENED = [Column(title) for title in ("When", "What", "How")]


def overview(request: StaffRequest) -> HttpResponse:
    """Every emergency to officers, their own to others; the ones to review come first."""
    by, now = request.actor, timezone.now()
    found = emergencies(by=by, at=now)
    context = {
        "emergencies": found,
        "overdue": sum(one.is_overdue for one in found),
        "columns": COLUMNS,
        "tabs": privacy_tabs("emergencies", by=by),
    }
    return render(request, "emergencies/overview.html", context)


def one(request: StaffRequest, emergency: UUID) -> HttpResponse:
    """One emergency with what was opened behind the glass."""
    by, now = request.actor, timezone.now()
    known = emergency_page(emergency, by=by, at=now)
    context = {
        "emergency": known,
        "columns": OPENED,
        "may_review": by.holds(*OFFICERS) and known.reviewed_at is None,
        "is_own": known.account == by.account_uid,
        "trail": [("Emergencies", reverse("emergencies"))],
    }
    return render(request, "emergencies/emergency.html", context)


@once
def review(request: StaffRequest, emergency: UUID) -> HttpResponse:
    """What the officer found, with what was opened in sight."""
    by, now = request.actor, timezone.now()
    known = emergency_page(emergency, by=by, at=now)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            review_emergency(emergency, **form.cleaned_data, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "The review is written down.")
            return redirect("emergencies")
    context = {
        "form": form,
        "emergency": known,
        "columns": OPENED,
        "trail": [("Emergencies", reverse("emergencies"))],
    }
    return render(request, "emergencies/review.html", context, status=422 if form.errors else 200)
