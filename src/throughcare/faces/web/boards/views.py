"""The census, a patient's story, the director's numbers."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.boards.forms import CensusFilter
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.census import PAGE_SIZE, census
from throughcare.pathway.filter_choices import filter_choices
from throughcare.pathway.seven_numbers import seven_numbers
from throughcare.pathway.story import patient_story

CENSUS_COLUMNS = (
    Column("Patient", key="name"),
    Column("Level", key="level"),
    Column("Week", key="week", numbers=True),
    Column("Hours this week", key="hours"),
    Column("Last seen", key="seen"),
    Column("Next session", key="next"),
    Column("Measures"),
    Column("Next review", key="review"),
    Column("Overdue"),
)


def census_page(request: StaffRequest) -> HttpResponse:
    """Everyone in the program at a glance: sorted, narrowed, printable."""
    by, now = request.actor, timezone.now()
    form = CensusFilter(filter_choices(by=by), request.GET)
    found = census(
        form.filters(),
        sort=request.GET.get("sort", "name"),
        page=_page_number(request),
        by=by,
        at=now,
    )
    people = "1 person" if found.total == 1 else f"{found.total} people"
    context = {
        "census": found,
        "columns": CENSUS_COLUMNS,
        "form": form,
        "lead": f"{people} in the program, week of {found.monday:%B} {found.monday.day}.",
        "page": Paginator(range(found.total), PAGE_SIZE).get_page(found.page),
    }
    return render(request, "boards/census.html", context)


def _page_number(request: StaffRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def patient(request: StaffRequest, patient: UUID) -> HttpResponse:
    """A person's way through the program in one scroll."""
    by, now = request.actor, timezone.now()
    story = patient_story(patient, by=by, at=now)
    context = {"story": story, **chart(story.patient, current="story", by=by, at=now)}
    return render(request, "boards/patient.html", context)


def director(request: StaffRequest) -> HttpResponse:
    """Seven numbers, each with its definition, and how they move."""
    by, now = request.actor, timezone.now()
    site = request.GET.get("site") or None
    found = seven_numbers(UUID(site) if site and _is_uuid(site) else None, by=by, at=now)
    context = {"numbers": found, "choices": filter_choices(by=by), "site": site or ""}
    return render(request, "boards/director.html", context)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
