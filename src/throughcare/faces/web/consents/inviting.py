"""Letting the patient, or someone close to them, sign in."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.consents.forms import InvitationForm
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.family.invitations import (
    invite_patient,
    invite_relation,
    people_around,
    shut_out_relation,
)


def invite_them(request: StaffRequest, patient: UUID) -> HttpResponse:
    """An account for the patient, and the link with which they choose their password."""
    around = people_around(patient, by=request.actor, at=timezone.now())
    lead = "They sign in to see who may be told what, and to take it back."
    return _invite(request, patient, around.name, around.has_account, lead=lead)


def invite_close(request: StaffRequest, patient: UUID, related: UUID) -> HttpResponse:
    """An account for someone close, whom the patient wants to let in; you witness that they want it."""
    around = people_around(patient, by=request.actor, at=timezone.now())
    person = around.person(related)
    lead = (
        "Do this only when the patient asks you to. They see it on their own page, and it counts after 24 hours. "
        "What the person sees is what the patient's consents allow, and nothing else."
    )
    return _invite(request, patient, person.name, person.since is not None, lead=lead, related=related)


def _invite(
    request: StaffRequest, patient: UUID, name: str, known: bool, *, lead: str, related: UUID | None = None
) -> HttpResponse:
    by, now = request.actor, timezone.now()
    form = InvitationForm(request.POST if request.method == "POST" else None, known=known)
    token: list[str] = []

    def write() -> None:
        email = form.cleaned_data.get("email", "")
        if related is None:
            token.append(invite_patient(patient, email=email, by=by, at=now))
        else:
            token.append(invite_relation(related, email=email, by=by, at=now))

    context = {
        **chart(patient, current="privacy", by=by, at=now),
        "name": name,
        "known": known,
        "lead": lead,
        "form": form,
        "back": reverse("patient_consents", args=[patient]),
    }
    if form.is_valid() and attempt(form, write):
        context["address"] = settings.HOME_ADDRESS + reverse("link", args=token)
        return render(request, "consents/invited.html", context)
    return render(request, "consents/invite.html", context, status=422 if form.errors else 200)


def shut_out(request: StaffRequest, patient: UUID, related: UUID) -> HttpResponse:
    """Take the way in from someone close."""
    people_around(patient, by=request.actor, at=timezone.now()).person(related)
    shut_out_relation(related, by=request.actor, at=timezone.now())
    messages.success(request, "They see nothing any more from now on.")
    return redirect("patient_consents", patient)
