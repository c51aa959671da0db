"""Preparing a consent with the patient, and putting a draft aside."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.consents.forms import TITLES, ConsentForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.privacy.wording import form_words
from throughcare.pathway.people.people import person_view
from throughcare.pathway.privacy.consent import draft_consent, withdraw_draft
from throughcare.pathway.privacy.consent_views import consent_view
from throughcare.pathway.privacy.recipients import enter_recipient, recipients


@once
def new(request: StaffRequest, patient: UUID, form: str) -> HttpResponse:
    """Fill in what a consent of this form is to allow; its words are made from it."""
    if form not in TITLES:
        raise Http404
    by, now = request.actor, timezone.now()
    frame = chart(patient, current="privacy", by=by, at=now)
    filled = ConsentForm(
        form,
        request.POST or None,
        related=person_view(patient, by=by, at=now).related,
        recipients=recipients(by=by),
        is_minor=frame["patient"].is_minor,
    )
    made: list[UUID] = []

    def write() -> None:
        entered = filled.new_recipient()
        recipient = enter_recipient(entered, by=by, at=now) if entered else None
        asked = filled.new_consent(recipient=recipient, zone=by.time_zone, at=now)
        made.append(draft_consent(patient, asked, by=by, at=now))

    if filled.is_valid() and attempt(filled, write):
        return redirect("consent", made[0])
    context = {
        **frame,
        "form": filled,
        "title": TITLES[form],
        "lead": form_words(form).about,
        "related_url": reverse("new_related_person", args=[patient]) if form == "family" else "",
        "back": reverse("patient_consents", args=[patient]),
    }
    return render(request, "consents/new.html", context, status=422 if filled.errors else 200)


def put_aside(request: StaffRequest, consent: UUID) -> HttpResponse:
    """Put a draft aside."""
    now = timezone.now()
    patient = consent_view(consent, by=request.actor, at=now).patient
    withdraw_draft(consent, by=request.actor, at=now)
    messages.success(request, "The draft was put aside.")
    return redirect("patient_consents", patient)
