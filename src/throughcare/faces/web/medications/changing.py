"""Putting a medication on the list, changing it, stopping it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from throughcare.faces.web.form import Form
from throughcare.faces.web.form_key import once_key
from throughcare.faces.web.medications.forms import ChangeForm, MedicationForm, StopForm
from throughcare.faces.web.medications.parts import chart_of, form_page, line_of
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.medications.library import ROWS
from throughcare.pathway.medication.changing import change_medication, start_medication, stop_medication
from throughcare.pathway.medication.versions import open_medication

KNOWN = tuple(sorted({name for row in ROWS for name in (row.title, *row.brands)}))


@once
def start(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Put a medication on the list."""
    by, now = request.actor, timezone.now()
    form = MedicationForm(request.POST or None, orders=by.holds("prescriber"))
    if form.is_valid() and attempt(
        form,
        lambda: start_medication(
            patient,
            form.words,
            key=_key(request),
            answer=form.cleaned_data.get("answer", ""),
            by=by,
            at=now,
        ),
    ):
        messages.success(request, f"{form.words.name} is on the list.")
        return redirect("medications", patient)
    return form_page(request, patient, form, "Add a medication", "Put it on the list")


@once
def change(request: StaffRequest, patient: UUID, medication: UUID) -> HttpResponse:
    """Write down that a medication is taken differently; the form carries the version it was read at."""
    by, now = request.actor, timezone.now()
    line = line_of(chart_of(request, patient), medication)
    _, row = open_medication(medication, by=by, at=now)
    initial = {
        "name": row.name,
        "dose": row.dose,
        "route": row.route,
        "schedule": row.schedule,
        "source": row.source,
        "prescriber": row.prescriber,
        "purpose": row.purpose,
        "began_date": row.began_date,
        "prescribed_here": row.prescribed_here,
    }
    form = ChangeForm(request.POST or None, initial=initial, orders=by.holds("prescriber"))
    if form.is_valid() and attempt(
        form,
        lambda: change_medication(
            medication,
            form.words,
            version=_version(request, line.version),
            key=_key(request),
            because=form.cleaned_data["because"],
            answer=form.cleaned_data.get("answer", ""),
            by=by,
            at=now,
        ),
    ):
        messages.success(request, "Written down. What it was before stays in its history.")
        return redirect("medications", patient)
    title = f"Start {line.name} again" if line.stopped else f"Change {line.name}"
    return _versioned(request, patient, form, title, "Write down the change", line.version)


@once
def stop(request: StaffRequest, patient: UUID, medication: UUID) -> HttpResponse:
    """Write down that a medication was stopped."""
    by, now = request.actor, timezone.now()
    found = chart_of(request, patient)
    line = line_of(found, medication)
    form = StopForm(request.POST or None, initial={"stopped": found.today})
    if form.is_valid() and attempt(
        form,
        lambda: stop_medication(
            medication,
            version=_version(request, line.version),
            stopped=form.cleaned_data["stopped"],
            because=form.cleaned_data["because"],
            key=_key(request),
            by=by,
            at=now,
        ),
    ):
        messages.success(request, f"{line.name} is off the list. Its history stays.")
        return redirect("medications", patient)
    return _versioned(request, patient, form, f"Stop {line.name}", "Write down the stop", line.version)


def _versioned(
    request: StaffRequest, patient: UUID, form: Form, title: str, submit: str, newest: int
) -> HttpResponse:
    """After somebody else's change the form goes on with what stands now: whoever sends it has seen the words above."""
    version = newest if form.non_field_errors() else _version(request, newest)
    return form_page(request, patient, form, title, submit, version=version)


def _version(request: StaffRequest, newest: int) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else newest


def _key(request: StaffRequest) -> UUID:
    return UUID(once_key(request.POST))
