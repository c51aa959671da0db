"""Ending consents and restrictions, as staff write it down."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.consents.forms import RestrictionForm, TakeBackForm
from throughcare.faces.web.consents.views import consent_context
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Absent
from throughcare.pathway.people.people import person_view
from throughcare.pathway.privacy.consent_ending import record_event, revoke_consent
from throughcare.pathway.privacy.consent_views import consent_view
from throughcare.pathway.privacy.recipients import recipients
from throughcare.pathway.privacy.restrictions import (
    agree_restriction,
    end_restriction,
    restrictions_of_patient,
)


@once
def take_back(request: StaffRequest, consent: UUID) -> HttpResponse:
    """The patient said or wrote that they take it back: it stops at this moment."""
    by, now = request.actor, timezone.now()
    view = consent_view(consent, by=by, at=now)
    form = TakeBackForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: revoke_consent(
            consent, how=form.cleaned_data["how"], words=form.cleaned_data["words"], by=by, at=timezone.now()
        ),
    ):
        messages.success(request, "The consent is taken back. Nothing more leaves under it.")
        return redirect("consent", consent)
    context = {"form": form, **consent_context(view, by=by)}
    return render(request, "consents/take_back.html", context, status=422 if form.errors else 200)


def event(request: StaffRequest, consent: UUID) -> HttpResponse:
    """The event came that the consent was to last until."""
    record_event(consent, by=request.actor, at=timezone.now())
    messages.success(request, "Written down. The consent has ended.")
    return redirect("consent", consent)


@once
def restrict(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Agree with the patient not to tell something to someone."""
    by, now = request.actor, timezone.now()
    form = RestrictionForm(
        request.POST or None,
        related=person_view(patient, by=by, at=now).related,
        recipients=recipients(by=by),
    )
    if form.is_valid() and attempt(
        form, lambda: agree_restriction(patient, form.new_restriction(), by=by, at=now)
    ):
        messages.success(request, "Agreed. From now on it is held to.")
        return redirect("patient_consents", patient)
    context = {
        **chart(patient, current="privacy", by=by, at=now),
        "form": form,
        "title": "What must not be told",
        "lead": "The patient may ask for this. Once you agree, it is held to whatever a consent says.",
        "back": reverse("patient_consents", args=[patient]),
    }
    return render(request, "consents/new.html", context, status=422 if form.errors else 200)


def lift(request: StaffRequest, patient: UUID, restriction: UUID) -> HttpResponse:
    """End a restriction."""
    known = restrictions_of_patient(patient, by=request.actor, at=timezone.now())
    if restriction not in {one.uid for one in known}:
        raise Absent("restriction")
    end_restriction(restriction, by=request.actor, at=timezone.now())
    messages.success(request, "The restriction has ended.")
    return redirect("patient_consents", patient)
