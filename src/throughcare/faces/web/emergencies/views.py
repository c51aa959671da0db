"""Breaking the glass, reading behind it, and entering what was told outside."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.emergencies.forms import GlassForm, TellingForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.privacy.emergencies import EMERGENCY_RULE
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.privacy.emergency import (
    break_glass,
    end_emergency,
    glass_verdict,
    open_emergency,
)
from throughcare.pathway.privacy.emergency_page import emergency_page
from throughcare.pathway.privacy.emergency_telling import tell_in_emergency
from throughcare.pathway.release.behind_glass import record_behind_glass


@once
def glass(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The reason before a guarded record opens. It names nobody: who asks doesn't know yet whose it is."""
    by, now = request.actor, timezone.now()
    require(glass_verdict(patient, by=by, at=now))
    already = open_emergency(patient, by=by, at=now)
    if already is not None and request.method == "GET":
        return redirect("emergency_record", already)
    form = GlassForm(request.POST or None)
    if form.is_valid():
        try:
            emergency = break_glass(patient, **form.cleaned_data, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            return redirect("emergency_record", emergency)
    context = {"form": form, "cite": EMERGENCY_RULE}
    return render(request, "emergencies/glass.html", context, status=422 if form.errors else 200)


def record(request: StaffRequest, emergency: UUID) -> HttpResponse:
    """The record as far as the emergency opens it, for reading."""
    by, now = request.actor, timezone.now()
    known = emergency_page(emergency, by=by, at=now)
    context = {"emergency": known, "chapters": record_behind_glass(known, by=by, at=now)}
    return render(request, "emergencies/record.html", context)


@once
def end(request: StaffRequest, emergency: UUID) -> HttpResponse:
    """Shut the record before its hours are over."""
    end_emergency(emergency, by=request.actor, at=timezone.now())
    messages.success(request, "The record is shut again.")
    return redirect("emergency", emergency)


@once
def tell(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Enter what was told to someone outside in an emergency."""
    by, now = request.actor, timezone.now()
    first = {"discloser": by.name, "disclosed_at": timezone.localtime(now)}
    form = TellingForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            tell_in_emergency(patient, form.telling(), by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "It stands in the disclosure book. The privacy officer is told.")
            return redirect("emergencies")
    context = {
        "form": form,
        "cite": EMERGENCY_RULE,
        "back": reverse("patient", args=[patient]),
        **chart(patient, current="", by=by, at=now),
    }
    return render(request, "emergencies/tell.html", context, status=422 if form.errors else 200)
