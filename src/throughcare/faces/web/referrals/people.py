"""Who people are: details, corrections, those near them, search."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.referrals.details_shown import shown_details
from throughcare.faces.web.referrals.forms import PersonForm, RelatedPersonForm, details_initial
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.people.duplicates import likely_duplicates, merges_of
from throughcare.pathway.people.finding import MOST, FoundPerson, find_people
from throughcare.pathway.people.people import (
    NewRelatedPerson,
    add_related_person,
    correct_details,
    end_related_person,
    person_view,
)
from throughcare.pathway.privacy import may_access

RELATED_COLUMNS = (
    Column("Name"),
    Column("What they are"),
    Column("Phone"),
    Column("Note"),
    Column("Actions", unseen=True),
)
FOUND_COLUMNS = (Column("Name"), Column("Number", numbers=True), Column("Born"), Column("Phone"))


def details(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Who a person is, how to reach them, who is near them."""
    by, now = request.actor, timezone.now()
    person = person_view(patient, by=by, at=now)
    may_change = may_access("identity", by=by, verb="change")
    context = {
        **_chart(request, person.uid),
        "person": person,
        "rows": shown_details(person.details),
        "may_change": may_change,
        "alike": likely_duplicates(person.uid, by=by, at=now) if may_change else [],
        "merges": merges_of(person.uid, by=by, at=now) if may_change else [],
        "correct_url": reverse("correct_details", args=[person.uid]),
        "related_url": reverse("new_related_person", args=[person.uid]),
        "related_columns": RELATED_COLUMNS,
    }
    return render(request, "referrals/details.html", context)


@once
def correct(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Correct a person's details; what was there before is kept."""
    person = person_view(patient, by=request.actor, at=timezone.now())
    form = PersonForm(request.POST or None, initial=details_initial(person.details))
    if form.is_valid():
        try:
            correct_details(
                patient, form.person(), by=request.actor, at=timezone.now(), seen_version=_version(request)
            )
        except ChangedMeanwhile as changed:
            form.add_error(None, changed.because)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "The details were corrected.")
            return redirect("patient_details", person.uid)
    context = {
        "version": person.version,
        "now": shown_details(person.details) if form.non_field_errors() else [],
    }
    return _form_page(request, person.uid, form, title="Correct details", submit="Save", **context)


def _version(request: StaffRequest) -> int | None:
    text = request.POST.get("seen_version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


@once
def add_related(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Enter someone in the patient's life."""
    person = person_view(patient, by=request.actor, at=timezone.now())
    form = RelatedPersonForm(request.POST or None)
    if form.is_valid():
        try:
            add_related_person(
                patient, NewRelatedPerson(**form.cleaned_data), by=request.actor, at=timezone.now()
            )
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "They were added.")
            return redirect("patient_details", person.uid)
    return _form_page(request, person.uid, form, title="Someone near the patient", submit="Add")


@once
def end_related(request: StaffRequest, patient: UUID, related: UUID) -> HttpResponse:
    """Someone is no longer in the patient's life as entered."""
    end_related_person(patient, related, by=request.actor, at=timezone.now())
    messages.success(request, "They were removed from the list.")
    return redirect("patient_details", patient)


def _form_page(request: StaffRequest, patient: UUID, form: Form, **words: Any) -> HttpResponse:
    context = {
        **_chart(request, patient),
        "form": form,
        "back": reverse("patient_details", args=[patient]),
        **words,
    }
    return render(request, "referrals/person_form.html", context, status=422 if form.errors else 200)


def _chart(request: StaffRequest, patient: UUID) -> dict[str, Any]:
    return chart(patient, current="details", by=request.actor, at=timezone.now())


def _address_of(one: FoundPerson, sees_referrals: bool) -> str:
    if one.guarded:
        return reverse("break_glass", args=[one.uid])
    if one.referral and sees_referrals and not one.in_program:
        return reverse("referral", args=[one.referral])
    return reverse("patient", args=[one.uid])


def search(request: StaffRequest) -> HttpResponse:
    """People by name, number, date of birth or phone."""
    query = request.GET.get("q", "")[:200].strip()
    found = find_people(query, by=request.actor, at=timezone.now())
    sees_referrals = bool(may_access("referral", by=request.actor))
    links = [_address_of(one, sees_referrals) for one in found]
    context = {
        "search_q": query,
        "found": list(zip(found, links, strict=True)),
        "columns": FOUND_COLUMNS,
        "full": len(found) == MOST,
        "caption": "One person" if len(found) == 1 else f"{len(found)} people",
    }
    return render(request, "referrals/search.html", context)
