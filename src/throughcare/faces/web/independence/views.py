"""My path, and my handover on a page and on paper; the same paper for whoever hands it over at the last meeting."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.independence.pdf import draw_pdf
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.crisis_lines import ROWS as CRISIS_LINES
from throughcare.pathway.cannot import Absent
from throughcare.pathway.independence.handover import Handover, handover_of, my_handover
from throughcare.pathway.independence.own_path import OwnPath, PathCriterion, own_path


@dataclass(frozen=True)
class CriterionLine:
    """A criterion with the page on which the person can do something about it."""

    one: PathCriterion
    url: str


def path(request: StaffRequest) -> HttpResponse:
    """Where I am, what is met, what is next."""
    found = own_path(by=request.actor, at=timezone.now())
    context = {"path": found, "criteria": _lines(found, request) if found else ()}
    return render(request, "independence/path.html", context)


def _lines(found: OwnPath, request: StaffRequest) -> tuple[CriterionLine, ...]:
    linked = request.actor.holds("patient")
    return tuple(
        CriterionLine(one, reverse(one.said.page) if one.said.page and linked else "")
        for one in found.criteria
    )


def handover(request: StaffRequest) -> HttpResponse:
    """What goes with me: one page, also without a connection."""
    found = my_handover(by=request.actor, at=timezone.now())
    context = {"found": found, "lines": CRISIS_LINES, "pdf_url": reverse("my_handover_pdf")}
    return render(request, "independence/handover.html", context)


def handover_pdf(request: StaffRequest) -> HttpResponse:
    """The same on paper."""
    return _paper(my_handover(by=request.actor, at=timezone.now()))


def for_patient(request: StaffRequest, patient: UUID) -> HttpResponse:
    """A person's handover, to go through together."""
    by, now = request.actor, timezone.now()
    found = handover_of(patient, by=by, at=now)
    context = {
        **chart(patient, current="story", by=by, at=now),
        "found": found,
        "lines": CRISIS_LINES,
        "pdf_url": reverse("patient_handover_pdf", args=[patient]),
    }
    return render(request, "independence/for_patient.html", context)


def for_patient_pdf(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The paper that is handed over."""
    return _paper(handover_of(patient, by=request.actor, at=timezone.now()))


def _paper(found: Handover | None) -> HttpResponse:
    """The PDF; its name names nobody."""
    if found is None:
        raise Absent("handover")
    response = HttpResponse(draw_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="handover.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
