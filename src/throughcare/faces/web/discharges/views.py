"""The discharge page, and the signed summary as page and as PDF."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.discharges.forms import DischargeForm
from throughcare.faces.web.discharges.pdf import draw_pdf
from throughcare.faces.web.door.confirming import signs
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.discharge.discharge import (
    DischargeOffer,
    discharge_patient,
    discharge_summary,
    offer_discharge,
)
from throughcare.pathway.privacy import may_access
from throughcare.pathway.release.own_summary import hand_over_summary

LEVELS = (Column("Level"), Column("From"), Column("Until"), Column("Then"))
MEASURES = (Column("Measure"), Column("First"), Column("Last"), Column("Change"))


@signs
@once
def discharge(request: StaffRequest, patient: UUID) -> HttpResponse:
    """End an episode: the facts beside the form."""
    by, now = request.actor, timezone.now()
    page = chart(patient, current="progress", by=by, at=now)
    known = page["patient"]
    if known.episode is None:
        return render(request, "discharges/discharge.html", page)
    if known.week is None:
        return redirect("discharge_summary", known.episode)
    offer = offer_discharge(known.episode, by=by, at=now)
    with timezone.override(offer.time_zone):
        form = DischargeForm(
            request.POST or None,
            goals=offer.facts.goals,
            has_planned=any(not visit.is_due for visit in offer.visits),
        )
        if form.is_valid() and _discharge(request, offer, form):
            return redirect("discharge_summary", known.episode)
        contacts_url = way("contact_attempts", patient, by=by)
        handover_url = way("patient_handover", patient, by=by)
        urls = {"contacts_url": contacts_url, "handover_url": handover_url}
        context = {**page, "offer": offer, "form": form, **urls}
        return render(request, "discharges/discharge.html", context, status=422 if form.errors else 200)


def _discharge(request: StaffRequest, offer: DischargeOffer, form: DischargeForm) -> bool:
    data = form.cleaned_data
    try:
        discharge_patient(
            offer.episode,
            reason=data["reason"],
            text=data["text"],
            next_place=data["next_place"],
            helped=data["helped"],
            goals=form.standings(),
            visit=form.visit(),
            absence=form.absence(),
            other_ground=data["other_ground"],
            by=request.actor,
            at=timezone.now(),
        )
    except Cannot as cannot:
        form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        return False
    messages.success(request, "The episode has ended. The summary is signed.")
    return True


def summary(request: StaffRequest, episode: UUID) -> HttpResponse:
    """The signed summary."""
    by, now = request.actor, timezone.now()
    signed = discharge_summary(episode, by=by, at=now)
    context = {
        "signed": signed,
        "told": signed.summary,
        "may_plan": may_access("discharge", by=by, verb="change"),
        "pdf_url": way("discharge_pdf", signed.episode, by=by),
        "handover_url": way("patient_handover", signed.patient, by=by),
        "level_columns": LEVELS,
        "measure_columns": MEASURES,
        **chart(signed.patient, current="story", by=by, at=now),
    }
    return render(request, "discharges/summary.html", context)


def summary_pdf(request: StaffRequest, episode: UUID) -> HttpResponse:
    """The signed summary as a PDF for the patient, by way of the disclosure book. The file's name names nobody."""
    signed = hand_over_summary(episode, by=request.actor, at=timezone.now())
    response = HttpResponse(
        draw_pdf(signed.summary, signed_at=signed.discharged_at), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'attachment; filename="discharge-summary.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
