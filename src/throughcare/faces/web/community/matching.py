"""Staff look after mentors: who is one, whom they meet, and a mentor for somebody."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.community.forms import MatchForm, MentorForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.community.mentor import (
    MentorLine,
    end_match_as_staff,
    make_mentor,
    mentor_of,
    mentors,
    propose_match,
    retire_mentor,
)

COLUMNS = (Column("Mentor"), Column("Training"), Column("Stands beside"), Column("Change", unseen=True))
MAKE = "mentor"


def all_mentors(request: StaffRequest) -> HttpResponse:
    """Every mentor with whom they stand beside."""
    lines = mentors(by=request.actor, at=timezone.now())
    context = {"lines": lines, "columns": COLUMNS, "trail": [("Community", reverse("community"))]}
    return render(request, "community/mentors.html", context)


@once
def retire(request: StaffRequest, mentor: UUID) -> HttpResponse:
    """Somebody mentors no more."""
    retire_mentor(mentor, by=request.actor, at=timezone.now())
    messages.success(request, "They mentor no more. Their matches ended with it.")
    return redirect("mentors")


@once
def end(request: StaffRequest, match: UUID) -> HttpResponse:
    """End a match."""
    end_match_as_staff(match, by=request.actor, at=timezone.now())
    messages.success(request, "The match is ended.")
    return redirect("mentors")


@once
def of_patient(request: StaffRequest, patient: UUID) -> HttpResponse:
    """A mentor for somebody; or, for an alumnus, that they are one from now on."""
    by, now = request.actor, timezone.now()
    stands = mentor_of(patient, by=by, at=now)
    all_of_them = mentors(by=by, at=now)
    posted = request.POST.get("what", "")
    match = _match_form(request, all_of_them, posted)
    own = MentorForm(request.POST if posted == MAKE else None, prefix=MAKE)
    if match.is_valid() and attempt(
        match,
        lambda: propose_match(
            patient,
            UUID(match.cleaned_data["mentor"]),
            match.match,
            times=match.cleaned_data["times"],
            by=by,
            at=now,
        ),
    ):
        messages.success(request, "Proposed. It begins once both said yes on their own pages.")
        return redirect("patient_mentor", patient)
    if own.is_valid() and attempt(own, lambda: make_mentor(patient, own.mentor, by=by, at=now)):
        messages.success(request, "They are a mentor from now on.")
        return redirect("mentors")
    context: dict[str, Any] = {
        **chart(patient, current="privacy", by=by, at=now),
        "stands": stands,
        "match_form": match,
        "mentor_form": own,
        "is_mentor": any(one.patient == patient for one in all_of_them),
        "none_free": not any(one.may_match for one in all_of_them),
    }
    return render(
        request, "community/of_patient.html", context, status=422 if match.errors or own.errors else 200
    )


def _match_form(request: StaffRequest, found: list[MentorLine], posted: str) -> MatchForm:
    free = [(str(one.uid), one.name) for one in found if one.may_match]
    today = local_day(timezone.now(), request.actor.time_zone)
    return MatchForm(request.POST if posted == "match" else None, mentors=free, today=today, prefix="match")
