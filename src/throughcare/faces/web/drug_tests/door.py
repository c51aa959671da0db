"""The breath test at the door."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.drug_tests.forms import BreathForm, StepsForm
from throughcare.faces.web.drug_tests.ordering import shown
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Absent
from throughcare.pathway.drug_test.at_the_door import DoorReading, door_reading, record_breath, record_steps


@once
def breath(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Measure at the door: 0.00 is expected."""
    by, now = request.actor, timezone.now()
    form = BreathForm(request.POST or None)
    made: list[DoorReading] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(record_breath(patient, **form.cleaned_data, by=by, at=now))
    ):
        if made[0].verdict:
            messages.success(request, "0.00: welcome in.")
            return redirect("patient_tests", patient)
        return redirect("breath_test_steps", patient, made[0].uid)
    lead = "15 minutes without drink, food or smoke, then measure. 0.00 is expected."
    return shown(request, patient, form, title="Breath test", lead=lead)


@once
def steps(request: StaffRequest, patient: UUID, breath: UUID) -> HttpResponse:
    """What is done after a reading above zero."""
    by, now = request.actor, timezone.now()
    reading = door_reading(breath, by=by, at=now)
    if reading.patient != patient:
        raise Absent("breath test")
    form = StepsForm(request.POST or None, left=reading.left)
    if form.is_valid() and attempt(
        form, lambda: record_steps(breath, form.cleaned_data["steps"], by=by, at=now)
    ):
        reading = door_reading(breath, by=by, at=now)
        if not reading.left:
            messages.success(request, "All four steps are done.")
            return redirect("patient_tests", patient)
        return redirect("breath_test_steps", patient, breath)
    context = {
        **chart(patient, current="tests", by=by, at=now),
        "trail": [("Tests", reverse("patient_tests", args=[patient]))],
        "reading": reading,
        "form": form,
    }
    return render(request, "drug_tests/steps.html", context, status=422 if form.errors else 200)
