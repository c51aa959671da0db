"""Diagnoses: searched, ranked, ended."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.diagnoses import search_diagnoses
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.diagnoses import (
    diagnose,
    diagnoses_of_patient,
    end_diagnosis,
    rank_diagnosis,
)
from throughcare.pathway.privacy import may_access

MOST_FOUND = 15
COLUMNS = (
    Column("Rank", numbers=True),
    Column("Code"),
    Column("Diagnosis"),
    Column("Made by"),
    Column("Actions", unseen=True),
)
FOUND_COLUMNS = (Column("Code"), Column("Diagnosis"), Column("Actions", unseen=True))


@once
def diagnoses(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The diagnoses of the episode, and a search to add one. A POST adds `code`."""
    by, now = request.actor, timezone.now()
    known = diagnoses_of_patient(patient, by=by, at=now)
    if known is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        rank = 1 if request.POST.get("principal") else None
        try:
            diagnose(known.episode, request.POST.get("code", ""), rank=rank, by=by, at=now)
        except Cannot as cannot:
            refused = cannot.because
        else:
            messages.success(request, "The diagnosis is entered.")
            return redirect("diagnoses", patient)
    text = request.GET.get("q", "").strip()[:100]
    context = {
        "patient_uid": patient,
        "q": text,
        "found_columns": FOUND_COLUMNS,
        "found": search_diagnoses(text, MOST_FOUND, billable_only=True),
        "standing_codes": {line.code for line in known.standing},
    }
    if request.headers.get("HX-Request"):
        return render(request, "admission/diagnosis_results.html", context)
    context |= {
        "known": known,
        "columns": COLUMNS,
        "refused": refused,
        "may_change": may_access("diagnosis", by=by, verb="change"),
        **chart(patient, current="story", by=by, at=now),
    }
    return render(request, "admission/diagnoses.html", context, status=422 if refused else 200)


@once
def rank(request: StaffRequest, patient: UUID, diagnosis: UUID) -> HttpResponse:
    """Move a diagnosis to another rank."""
    wanted = request.POST.get("rank", "")
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 3:
        raise Cannot("Say the rank as a number, 1 for the principal diagnosis.")
    _require_theirs(patient, diagnosis, request)
    rank_diagnosis(diagnosis, rank=int(wanted), by=request.actor, at=timezone.now())
    return redirect("diagnoses", patient)


@once
def end(request: StaffRequest, patient: UUID, diagnosis: UUID) -> HttpResponse:
    """A diagnosis no longer stands."""
    _require_theirs(patient, diagnosis, request)
    end_diagnosis(diagnosis, by=request.actor, at=timezone.now())
    messages.success(request, "The diagnosis has ended. It stays in the record.")
    return redirect("diagnoses", patient)


def _require_theirs(patient: UUID, diagnosis: UUID, request: StaffRequest) -> None:
    """An address that names a patient changes no one else's diagnosis. Raises `Absent`."""
    known = diagnoses_of_patient(patient, by=request.actor, at=timezone.now())
    if known is None or diagnosis not in {line.uid for line in known.lines}:
        raise Absent("diagnosis")
