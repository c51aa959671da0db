"""What happened in a person's life: written down, and taken back when it was a mistake."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.watch.forms import LifeEventForm
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.warning_sign.life_events import record_life_event, take_back_life_event


@once
def record(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Write an event down: the case manager hears of it at the next look."""
    by, now = request.actor, timezone.now()
    form = LifeEventForm(request.POST or None)
    if form.is_valid():
        try:
            record_life_event(patient, **form.cleaned_data, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "It is written down. The watch list shows it within a minute.")
            return redirect("patient_signs", patient)
    context = {"form": form, **chart(patient, current="story", by=by, at=now)}
    return render(request, "watch/life_event.html", context, status=422 if form.errors else 200)


@once
def take_back(request: StaffRequest, patient: UUID, event: UUID) -> HttpResponse:
    """It was a mistake."""
    take_back_life_event(event, by=request.actor, at=timezone.now())
    messages.success(request, "It is taken back. The sign that rests on it is withdrawn.")
    return redirect("patient_signs", patient)
