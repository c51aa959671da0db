"""Marking a record for extra privacy, and lifting the mark."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.emergencies.forms import GuardForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.guards import guard_of, guard_record, lift_guard


@once
def guard(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Whether a record is guarded, and the form that guards it."""
    by, now = request.actor, timezone.now()
    form = GuardForm(request.POST or None)
    if form.is_valid():
        try:
            guard_record(patient, **form.cleaned_data, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "The record is guarded: only those near to the person open it.")
            return redirect("guard", patient)
    context = {"form": form, "guard": guard_of(patient, by=by, at=now), "patient": patient}
    return render(request, "emergencies/guard.html", context, status=422 if form.errors else 200)


@once
def lift(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Take the guard off."""
    lift_guard(patient, by=request.actor, at=timezone.now())
    messages.success(request, "The guard is lifted.")
    return redirect("guard", patient)
