"""What the pages of medications share: the frame of a chart page with a form, and the medication a page is about."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.form import Form
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Absent
from throughcare.pathway.medication.chart import MedicationChart, MedicationLine, medications_of

TAB = "medications"


def form_page(
    request: StaffRequest,
    patient: UUID,
    form: Form,
    title: str,
    submit: str,
    *,
    lead: str = "",
    template: str = "form",
    **more: Any,
) -> HttpResponse:
    """A page about one person's medications with a form."""
    back = reverse("medications", args=[patient])
    context = {
        **chart(patient, current=TAB, by=request.actor, at=timezone.now()),
        "form": form,
        "title": title,
        "submit": submit,
        "lead": lead,
        "back": back,
        "trail": [("Medications", back)],
        **more,
    }
    status = 422 if form.errors else 200
    return render(request, f"medications/{template}.html", context, status=status)


def chart_of(request: StaffRequest, patient: UUID) -> MedicationChart:
    """Everything about this person's medications."""
    return medications_of(patient, by=request.actor, at=timezone.now())


def line_of(found: MedicationChart, medication: UUID) -> MedicationLine:
    """One medication of this person, stopped ones too. Raises `Absent`."""
    line = next((one for one in (*found.lines, *found.stopped) if one.thread == medication), None)
    if line is None:
        raise Absent("medication")
    return line


def day_said(request: StaffRequest, today: date) -> date:
    """The day that the address names (`?day=2026-03-02`), else today."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
