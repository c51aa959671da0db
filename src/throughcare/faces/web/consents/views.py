"""A patient's consents, one consent, its copy on paper, and those that end soon."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.consents.forms import TITLES
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.actor import Actor
from throughcare.pathway.family.invitations import people_around
from throughcare.pathway.privacy import may_access
from throughcare.pathway.privacy.consent import minors_rule_of
from throughcare.pathway.privacy.consent_views import (
    ConsentView,
    consent_view,
    consents_ending,
    consents_of_patient,
)
from throughcare.pathway.privacy.reaching import safe_ways
from throughcare.pathway.privacy.restrictions import restrictions_of_patient

CONSENT_COLUMNS = (
    Column("Consent"),
    Column("May be told"),
    Column("What"),
    Column("Until"),
    Column("State"),
)
SERVICE_TITLES = ("Substance use", "Mental health")
ENDING_COLUMNS = (Column("Patient"), Column("Consent"), Column("May be told"), Column("Ends"))
RESTRICTION_COLUMNS = (
    Column("Agreed"),
    Column("Records"),
    Column("Not told to"),
    Column("Since"),
    Column("Actions", unseen=True),
)


def patient_consents(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Everything a patient signed, began to sign or took back; whom the program agreed not to tell."""
    by, now = request.actor, timezone.now()
    views = consents_of_patient(patient, by=by, at=now)
    context = {
        "standing": [view for view in views if view.standing == "in_force"],
        "drafts": [view for view in views if view.standing == "draft"],
        "over": [view for view in views if view.standing not in ("in_force", "draft")],
        "restrictions": restrictions_of_patient(patient, by=by, at=now),
        "minor": tuple(zip(SERVICE_TITLES, minors_rule_of(patient, by=by, at=now), strict=False)),
        "safe": safe_ways(patient, by=by, at=now),
        "around": people_around(patient, by=by, at=now),
        "forms": list(TITLES.items()),
        "may_change": may_access("consent", by=by, verb="change"),
        "columns": CONSENT_COLUMNS,
        "lens_url": way("lens", patient, by=by),
        "disclosures_url": way("patient_disclosures", patient, by=by),
        "guard_url": way("guard", patient, by=by),
        "mentor_url": way("patient_mentor", patient, by=by),
        "tell_url": way("tell_in_emergency", patient, by=by),
        "restriction_columns": RESTRICTION_COLUMNS,
        **chart(patient, current="privacy", by=by, at=now),
    }
    return render(request, "consents/consents.html", context)


def one_consent(request: StaffRequest, consent: UUID) -> HttpResponse:
    """One consent with its exact words, who signed it, and what can be done now."""
    view = consent_view(consent, by=request.actor, at=timezone.now())
    return render(request, "consents/consent.html", consent_context(view, by=request.actor))


def consent_context(view: ConsentView, *, by: Actor) -> dict[str, Any]:
    """What every page about one consent shows."""
    return {
        "consent": view,
        "may_change": may_access("consent", by=by, verb="change"),
        "trail": [("Consents", reverse("patient_consents", args=[view.patient]))],
        **chart(view.patient, current="privacy", by=by, at=timezone.now()),
    }


def ending(request: StaffRequest) -> HttpResponse:
    """Consents that end by themselves in the next thirty days."""
    lines = consents_ending(by=request.actor, at=timezone.now())
    return render(request, "consents/ending.html", {"lines": lines, "columns": ENDING_COLUMNS})
