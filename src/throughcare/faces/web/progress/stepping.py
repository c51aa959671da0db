"""The page of a step up or down: the criteria with their facts, and the decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.progress.forms import StepForm
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.progress.step import StepWatch, hours_misfit, step_to, step_watch

CRITERIA = (Column("Criterion"), Column("Stands"), Column("Facts used"))


@once
def step(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Look at both ways from here; step, when the verdict allows it."""
    by, now = request.actor, timezone.now()
    page = chart(patient, current="progress", by=by, at=now)
    if page["patient"].episode is None:
        return render(request, "progress/step.html", page)
    watch = step_watch(page["patient"].episode, by=by, at=now)
    form = StepForm(request.POST or None, offered=watch.offered, outside=watch.outside)
    if form.is_valid() and _step(request, watch, form):
        return redirect("step", patient)
    context = {**page, "watch": watch, "form": form, "columns": CRITERIA}
    return render(request, "progress/step.html", context, status=422 if form.errors else 200)


def _step(request: StaffRequest, watch: StepWatch, form: StepForm) -> bool:
    by, now = request.actor, timezone.now()
    try:
        step_to(watch.episode, **form.cleaned_data, by=by, at=now)
    except Cannot as cannot:
        form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        return False
    messages.success(request, "The step is recorded. One stay ended and the next began this minute.")
    misfit = hours_misfit(watch.episode, by=by, at=now)
    if misfit:
        messages.warning(request, misfit)
    return True
