"""Doses, supplies, how a medication is taken, hospitals, and going through the whole list."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from throughcare.faces.web.form_key import once_key
from throughcare.faces.web.medications.forms import (
    AdherenceForm,
    DecisionForm,
    DoseForm,
    HospitalForm,
    OccasionForm,
    SupplyForm,
)
from throughcare.faces.web.medications.parts import chart_of, day_said, form_page, line_of
from throughcare.faces.web.medications.who import GIVE
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.medication.chart import MedicationChart, MedicationLine
from throughcare.pathway.medication.doses import assert_adherence, record_dose, record_fill
from throughcare.pathway.medication.reconciling import Decision, reconcile, record_hospital_visit


@once
def dose(request: StaffRequest, patient: UUID, medication: UUID) -> HttpResponse:
    """Record what came of a day: told, seen, or given."""
    by, now = request.actor, timezone.now()
    found = chart_of(request, patient)
    line = line_of(found, medication)
    gives = by.holds(*GIVE)
    initial = {"day": day_said(request, found.today), "seen": gives and line.is_injection}
    form = DoseForm(request.POST or None, initial=initial, injection=line.is_injection, gives=gives)
    if form.is_valid() and attempt(
        form, lambda: record_dose(medication, form.said, day=form.cleaned_data["day"], by=by, at=now)
    ):
        messages.success(request, "Written down.")
        return redirect("medications", patient)
    title = f"Injection of {line.name}" if line.is_injection else f"A dose of {line.name}"
    return form_page(request, patient, form, title, "Write it down", lead=line.how)


@once
def supply(request: StaffRequest, patient: UUID, medication: UUID) -> HttpResponse:
    """Record that medication was picked up."""
    by, now = request.actor, timezone.now()
    found = chart_of(request, patient)
    line = line_of(found, medication)
    form = SupplyForm(request.POST or None, initial={"filled": found.today, "days_supply": 30})
    if form.is_valid() and attempt(form, lambda: record_fill(medication, **form.cleaned_data, by=by, at=now)):
        messages.success(request, "Written down. You are told three days before it runs out.")
        return redirect("medications", patient)
    return form_page(request, patient, form, f"Refill of {line.name}", "Write it down")


@once
def adherence(request: StaffRequest, patient: UUID, medication: UUID) -> HttpResponse:
    """Record how a medication is taken on the whole."""
    by, now = request.actor, timezone.now()
    found = chart_of(request, patient)
    line = line_of(found, medication)
    form = AdherenceForm(request.POST or None, initial={"asserted": found.today})
    if form.is_valid() and attempt(
        form, lambda: assert_adherence(medication, **form.cleaned_data, by=by, at=now)
    ):
        messages.success(request, "Written down.")
        return redirect("medications", patient)
    return form_page(request, patient, form, f"How they take {line.name}", "Write it down")


@once
def hospital(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Record an emergency department or hospital; the list is then due."""
    by, now = request.actor, timezone.now()
    form = HospitalForm(request.POST or None, initial={"left": chart_of(request, patient).today})
    if form.is_valid() and attempt(
        form, lambda: record_hospital_visit(patient, **form.cleaned_data, by=by, at=now)
    ):
        messages.success(request, "Written down. Go through the medications with them now.")
        return redirect("reconcile", patient)
    return form_page(request, patient, form, "Back from a hospital", "Write it down")


@once
def go_through(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Go through the whole list: one decision for each medication."""
    by, now = request.actor, timezone.now()
    found = chart_of(request, patient)
    sent = request.POST or None
    form = OccasionForm(sent, initial={"occasion": _occasion(found)})
    lines = [(line, _decision_form(request, line)) for line in found.lines]
    fit = [each.is_valid() for _, each in lines]  # all are asked, so that each shows its own errors
    if form.is_valid() and all(fit):
        decisions = [_decision(request, line, each) for line, each in lines]
        key = UUID(once_key(request.POST))
        if attempt(
            form,
            lambda: reconcile(patient, decisions, **form.cleaned_data, key=key, by=by, at=now),
        ):
            messages.success(request, "The list is gone through.")
            return redirect("medications", patient)
    if sent and not form.errors and not all(fit):
        form.add_error(None, "Say of each medication what happens with it.")
    return form_page(
        request,
        patient,
        form,
        "Go through the medications",
        "The list is right",
        template="reconcile",
        lines=lines,
    )


def _decision_form(request: StaffRequest, line: MedicationLine) -> DecisionForm:
    initial = {"source": line.source, "prescriber": line.prescriber}
    return DecisionForm(request.POST or None, prefix=f"m-{line.thread}", initial=initial)


def _decision(request: StaffRequest, line: MedicationLine, form: DecisionForm) -> Decision:
    said = request.POST.get(f"v-{line.thread}", "")
    version = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else line.version
    return Decision(line.thread, version, **form.cleaned_data)


def _occasion(found: MedicationChart) -> str:
    """What the due thing is because of, as far as its sentence says it."""
    dues = found.dues.dues if found.dues else ()
    because = next((one.due.because for one in dues if one.due.what == "reconcile"), "")
    starts = {"Intake": "intake", "Change of level": "level_change", "After a hospital": "hospital"}
    return next((code for words, code in starts.items() if because.startswith(words)), "routine")
