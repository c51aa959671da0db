"""The census, a patient's story, the director's numbers."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.boards.forms import CensusFilter, SiteFilter
from throughcare.faces.web.boards.story_links import link_of
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.census import PAGE_SIZE, census
from throughcare.pathway.filter_choices import filter_choices
from throughcare.pathway.privacy import may_access
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

DIRECTOR_COLUMNS = (
    Column("Number"),
    Column("Now", numbers=True),
    Column("Week by week"),
    Column("Target"),
    Column("Counted as"),
    Column("Source"),
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
    context = {
        "story": story,
        "events": [(event, link_of(event, story.patient)) for event in story.events],
        "may_step": bool(may_access("episode", by=by, verb="change"))
        and by.holds("clinician", "director", "prescriber"),
        "step_url": reverse("step", args=[story.patient]),
        "discharge_url": reverse("discharge", args=[story.patient]),
        "referral_url": reverse("referral", args=[story.open_referral])
        if story.open_referral and may_access("referral", by=by)
        else "",
        **chart(story.patient, current="story", by=by, at=now),
    }
    return render(request, "boards/patient.html", context)


def director(request: StaffRequest) -> HttpResponse:
    """Seven numbers, each with its definition, and how they move."""
    by, now = request.actor, timezone.now()
    form = SiteFilter(filter_choices(by=by), request.GET)
    found = seven_numbers(form.site(), by=by, at=now)
    context = {
        "numbers": found,
        "columns": DIRECTOR_COLUMNS,
        "form": form,
        "lead": f"{_words(found.since)} to {_words(found.until)}.",
    }
    return render(request, "boards/director.html", context)


def _words(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
