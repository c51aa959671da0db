"""Unsafe at home: by which ways someone asked not to be reached, said by them or recorded by staff."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.fields import LongText, PickMany
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.privacy.safe_ways import ALL as WAYS
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.privacy.reaching import ask_for_safe_ways, safe_ways


class SafeWaysForm(Form):
    """The ways that are to stay unused."""

    ways = PickMany(
        "What should we not use?",
        [(code, way.plain) for code, way in WAYS.items()],
        hint="None chosen: everything may be used again",
        optional=True,
    )
    text = LongText("How to reach you instead, if you like", optional=True, max_length=500, rows=3)


@once
def for_patient(request: StaffRequest, patient: UUID) -> HttpResponse:
    """As staff hear it; nobody asks why."""
    by, now = request.actor, timezone.now()
    found = safe_ways(patient, by=by, at=now)
    form = SafeWaysForm(request.POST or None, initial={"ways": found.shut, "text": found.words})
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _write(form, request, patient)):
        messages.success(request, "Recorded. Letters, calls and messages obey it from now on.")
        return redirect("patient_consents", patient)
    context = {**chart(patient, current="privacy", by=by, at=now), "form": form, "found": found}
    return render(request, "consents/safe_ways.html", context, status=422 if form.errors else 200)


@once
def my_own(request: StaffRequest) -> HttpResponse:
    """I say how I must not be reached."""
    by, now = request.actor, timezone.now()
    patient = own_patient(by=by)
    found = safe_ways(patient, by=by, at=now)
    form = SafeWaysForm(request.POST or None, initial={"ways": found.shut, "text": found.words})
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _write(form, request, patient)):
        messages.success(request, "Saved. It counts from now on.")
        return redirect("my_privacy")
    return render(request, "my_pages/safe_ways.html", {"form": form}, status=422 if form.errors else 200)


def _write(form: SafeWaysForm, request: StaffRequest, patient: UUID) -> None:
    said = form.cleaned_data
    ask_for_safe_ways(patient, said["ways"], text=said["text"], by=request.actor, at=timezone.now())
