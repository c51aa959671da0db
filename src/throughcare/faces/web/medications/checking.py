"""Allergies, naloxone, the PDMP, checks, and the answer to what doesn't go together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from throughcare.faces.web.medications.forms import AllergyForm, CheckForm, NaloxoneForm, PdmpForm
from throughcare.faces.web.medications.parts import chart_of, form_page
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.medication.checking import (
    answer_interaction,
    end_allergy,
    record_allergy,
    record_check,
    record_naloxone,
    record_pdmp_check,
)


@once
def answer(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Say what is done about medications that don't go together."""
    by, now, said = request.actor, timezone.now(), request.POST
    try:
        answer_interaction(patient, said.get("subject", ""), words=said.get("words", ""), by=by, at=now)
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, "Answered. It is asked again when one of them changes.")
    return redirect("medications", patient)


@once
def allergies(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Write down an allergy, or that none is known."""
    by, now = request.actor, timezone.now()
    found = chart_of(request, patient)
    form = AllergyForm(request.POST or None)
    if form.is_valid():
        said = dict(form.cleaned_data)
        is_known = said.pop("known") == "yes"
        words = said if is_known else {"substance": ""}
        if attempt(form, lambda: record_allergy(patient, **words, by=by, at=now)):
            messages.success(request, "Written down.")
            return redirect("allergies", patient)
    return form_page(request, patient, form, "Allergies", "Write it down", template="allergies", found=found)


@once
def end(request: StaffRequest, patient: UUID, allergy: UUID) -> HttpResponse:
    """Take an allergy off the list."""
    by, now = request.actor, timezone.now()
    if allergy not in {one.uid for one in chart_of(request, patient).allergies}:
        raise Absent("allergy")
    try:
        end_allergy(allergy, because=request.POST.get("because", ""), by=by, at=now)
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, "It is off the list.")
    return redirect("allergies", patient)


@once
def naloxone(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Write down a step with naloxone."""
    by, now = request.actor, timezone.now()
    found = chart_of(request, patient)
    form = NaloxoneForm(request.POST or None, initial={"happened": found.today})
    if form.is_valid() and attempt(
        form, lambda: record_naloxone(patient, **form.cleaned_data, by=by, at=now)
    ):
        messages.success(request, "Written down.")
        return redirect("medications", patient)
    tasks = found.dues.naloxone if found.dues else ()
    return form_page(request, patient, form, "Naloxone", "Write it down", template="naloxone", tasks=tasks)


@once
def pdmp(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Write down that the state's monitoring program was asked."""
    by, now = request.actor, timezone.now()
    form = PdmpForm(request.POST or None, initial={"checked": chart_of(request, patient).today})
    if form.is_valid() and attempt(
        form, lambda: record_pdmp_check(patient, **form.cleaned_data, by=by, at=now)
    ):
        messages.success(request, "Written down.")
        return redirect("medications", patient)
    return form_page(request, patient, form, "Prescription monitoring program", "Write it down")


@once
def check(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Write down a check that a medication asks for."""
    by, now = request.actor, timezone.now()
    initial = {"checked": chart_of(request, patient).today, "code": request.GET.get("code", "")}
    form = CheckForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, lambda: record_check(patient, **form.cleaned_data, by=by, at=now)):
        messages.success(request, "Written down.")
        return redirect("medications", patient)
    return form_page(request, patient, form, "A check", "Write it down")
