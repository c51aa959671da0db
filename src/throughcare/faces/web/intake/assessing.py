"""The assessment's own page: what is done and what is missing, the person's link, the signature."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.door.confirming import signs
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.intake.assessment import invite_to_intake, sign_assessment
from throughcare.pathway.intake.assessment_view import AssessmentView, assessment_view
from throughcare.pathway.intake.kiosk_code import make_intake_code


def overview(request: StaffRequest, assessment: UUID) -> HttpResponse:
    """Where the assessment stands."""
    return render(request, "intake/assessment.html", _context(request, assessment))


@once
def invite(request: StaffRequest, assessment: UUID) -> HttpResponse:
    """Make a new link for the person. It is shown this once, since only its digest is kept."""
    token = invite_to_intake(assessment, by=request.actor, at=timezone.now())
    link = request.build_absolute_uri(reverse("intake", args=[token]))
    return render(request, "intake/assessment.html", {**_context(request, assessment), "link": link})


@once
def kiosk_code(request: StaffRequest, assessment: UUID) -> HttpResponse:
    """Make a code that opens the person's pages at a kiosk. It is shown this once."""
    code = make_intake_code(
        assessment,
        address=lambda token: reverse("intake", args=[token]),
        by=request.actor,
        at=timezone.now(),
    )
    return render(request, "intake/assessment.html", {**_context(request, assessment), "code": code})


@signs
@once
def sign(request: StaffRequest, assessment: UUID) -> HttpResponse:
    """Sign the assessment."""
    sign_assessment(assessment, by=request.actor, at=timezone.now())
    messages.success(request, "The assessment is signed. From now on it is read, not written.")
    return redirect("assessment", assessment)


def frame_of(request: StaffRequest, seen: AssessmentView) -> dict[str, Any]:
    """What every page of an assessment starts with: the banner, and the way back to the assessment."""
    return {
        **chart(seen.patient, current="", by=request.actor, at=timezone.now()),
        "seen": seen,
        "trail": [("Assessment", reverse("assessment", args=[seen.uid]))],
    }


def _context(request: StaffRequest, assessment: UUID) -> dict[str, Any]:
    seen = assessment_view(assessment, by=request.actor, at=timezone.now())
    overdue = seen.risk_due is not None and seen.risk_due.overdue
    return {
        **frame_of(request, seen),
        "told_by_patient": _told_by_patient(seen),
        "risk_title": "Suicide risk tool overdue" if overdue else "Suicide risk tool due today",
    }


def _told_by_patient(seen: AssessmentView) -> int:
    """How many sections wait for a clinician to confirm what the person said."""
    return sum(view.state == "waiting" for view in seen.sections)
