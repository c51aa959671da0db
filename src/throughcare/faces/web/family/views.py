"""What someone close to a patient is shown: what the patient lets them see at this moment."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.family.family import family_page, my_relations


def family(request: StaffRequest) -> HttpResponse:
    """Everyone who lets me see something."""
    relations = my_relations(by=request.actor, at=timezone.now())
    return render(request, "family/family.html", {"relations": relations})


def person(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What one of them lets me see."""
    page = family_page(patient, by=request.actor, at=timezone.now())
    return render(request, "family/person.html", {"page": page})
