"""The census and a patient's story."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.boards.census_lines import census_lines
from throughcare.faces.web.boards.forms import CensusFilter
from throughcare.faces.web.boards.story_links import link_of
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.boards.census import PAGE_SIZE, Census, census
from throughcare.pathway.boards.census_columns import Sees
from throughcare.pathway.boards.story import patient_story
from throughcare.pathway.clinic.filter_choices import filter_choices

MOST_PRINTED = 500


def census_page(request: StaffRequest) -> HttpResponse:
    """Everyone in the program at a glance: sorted and narrowed; `?print=1` is the whole of it on paper."""
    by, now = request.actor, timezone.now()
    on_paper = request.GET.get("print") == "1"
    form = CensusFilter(filter_choices(by=by), request.GET)
    found = census(
        form.filters(),
        sort=request.GET.get("sort", "name"),
        page=1 if on_paper else _page_number(request),
        page_size=MOST_PRINTED if on_paper else PAGE_SIZE,
        by=by,
        at=now,
    )
    context = {
        "census": found,
        "lines": census_lines(found),
        "sees": found.sees,
        "columns": census_columns(found.sees, on_paper=on_paper),
        "form": form,
        "lead": _lead(found, form),
        "page": Paginator(range(found.total), PAGE_SIZE).get_page(found.page),
        "print_url": f"?{_with_print(request)}",
        "printed_at": now,
    }
    return render(request, "boards/census_print.html" if on_paper else "boards/census.html", context)


def census_columns(sees: Sees, *, on_paper: bool = False) -> list[Column]:
    """The columns that the reader's roles open; on paper nothing sorts."""
    columns = [
        Column("Patient", key="name"),
        Column("Level", key="level"),
        Column("Week", key="week", numbers=True),
        *(
            [Column("Hours this week", key="hours"), Column("Last seen", key="seen")]
            if sees.attendance
            else []
        ),
        Column("Next session", key="next"),
        *([Column("PHQ-9", key="phq9"), Column("GAD-7", key="gad7")] if sees.measures else []),
        *([Column("Next review", key="review")] if sees.plans else []),
        *([Column("Overdue", key="overdue")] if sees.plans or sees.measures else []),
    ]
    return [Column(one.title, numbers=one.numbers) for one in columns] if on_paper else columns


def _lead(found: Census, form: CensusFilter) -> str:
    people = "1 person" if found.total == 1 else f"{found.total} people"
    narrowed = form.in_words()
    return f"{people} in the program{': ' + narrowed if narrowed else ''}."


def _with_print(request: StaffRequest) -> str:
    wanted = request.GET.copy()
    wanted.pop("page", None)
    wanted["print"] = "1"
    return wanted.urlencode()


def _page_number(request: StaffRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def patient(request: StaffRequest, patient: UUID) -> HttpResponse:
    """A person's way through the program in one scroll."""
    by, now = request.actor, timezone.now()
    story = patient_story(patient, by=by, at=now)
    events = [(event, link_of(event, story.patient, by=by)) for event in story.events]
    context: dict[str, Any] = {
        "story": story,
        "events": events,
        "admission_url": way("admission", story.patient, by=by) if story.now else "",
        "attempts_url": way("contact_attempts", story.patient, by=by) if story.now else "",
        "signs_url": way("patient_signs", story.patient, by=by) if story.now else "",
        "crisis_url": way("raise_crisis", story.patient, by=by),
        "letters_url": way("letters", story.patient, by=by),
        "step_url": way("step", story.patient, by=by) if story.now else "",
        "discharge_url": way("discharge", story.patient, by=by) if story.now else "",
        "referral_url": way("referral", story.open_referral, by=by) if story.open_referral else "",
        "may_open_notes": bool(way("note", story.patient, by=by)),
        **chart(story.patient, current="story", by=by, at=now),
    }
    return render(request, "boards/patient.html", context)
