"""Staff look after the calendar: events, days called off, and milestones to say in a group."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.community.forms import EventForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.community import AUDIENCES, EVENT_KINDS, REPEATS
from throughcare.knowledge.privacy import roles_that
from throughcare.pathway.cannot import Absent
from throughcare.pathway.community.event import (
    CURATES,
    EventLine,
    add_event,
    call_off,
    change_event,
    event_to_curate,
    events_to_curate,
    sites_for_events,
    withdraw_event,
)
from throughcare.pathway.community.milestone import milestones_to_say

COLUMNS = (
    Column("Event"),
    Column("For whom"),
    Column("Next times, and how many said they come"),
    Column("Change", unseen=True),
)
TO_SAY = (Column("Day"), Column("Who"), Column("Milestone"))
SHOWN = 3
TRAIL = "Community"


def events(request: StaffRequest) -> HttpResponse:
    """The calendar with its numbers, and the milestones that people want said in their groups."""
    by, now = request.actor, timezone.now()
    curates = by.holds(*CURATES)
    sees = by.holds(*roles_that("see", "community"))
    today = local_day(now, by.time_zone)
    lines = events_to_curate(by=by, at=now) if curates else []
    context = {
        "curates": curates,
        "lines": [_said(line, today) for line in lines],
        "columns": COLUMNS,
        "to_say": milestones_to_say(by=by, at=now) if sees else [],
        "say_columns": TO_SAY,
        "sees": sees,
        "matches": by.holds(*roles_that("change", "mentoring")),
    }
    return render(request, "community/events.html", context)


def _said(line: EventLine, today: date) -> dict[str, Any]:
    return {
        "thread": line.thread,
        "said": line.said,
        "site": line.site,
        "kind": EVENT_KINDS[line.said.kind].title,
        "audience": AUDIENCES[line.said.audience][0],
        "repeats": REPEATS[line.said.repeats][0],
        "days": line.next_days(today, today + timedelta(days=120))[:SHOWN],
    }


@once
def new(request: StaffRequest) -> HttpResponse:
    """Put an event on the calendar."""
    by, now = request.actor, timezone.now()
    form = EventForm(request.POST or None, sites=sites_for_events(by=by), initial={"repeats": "once"})
    if form.is_valid() and attempt(
        form, lambda: add_event(UUID(form.cleaned_data["site"]), form.event, by=by, at=now)
    ):
        messages.success(request, "It stands on the calendar.")
        return redirect("community")
    return _page(request, form, "New event")


@once
def change(request: StaffRequest, happening: UUID) -> HttpResponse:
    """Say anew what stands about an event."""
    by, now = request.actor, timezone.now()
    line = event_to_curate(happening, by=by, at=now)
    form = EventForm(request.POST or None, initial=asdict(line.said))
    if form.is_valid() and attempt(form, lambda: change_event(happening, form.event, by=by, at=now)):
        messages.success(request, "Changed.")
        return redirect("community")
    return _page(request, form, line.said.title)


def _page(request: StaffRequest, form: EventForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "trail": [(TRAIL, reverse("community"))]}
    return render(request, "community/event.html", context, status=422 if form.errors else 200)


@once
def withdraw(request: StaffRequest, happening: UUID) -> HttpResponse:
    """Take an event off the calendar."""
    withdraw_event(happening, by=request.actor, at=timezone.now())
    messages.success(request, "It is off the calendar.")
    return redirect("community")


@once
def off(request: StaffRequest, happening: UUID) -> HttpResponse:
    """Call off one of its days."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as wrong:
        raise Absent("day") from wrong
    call_off(happening, day, by=request.actor, at=timezone.now())
    messages.success(request, "That day is called off.")
    return redirect("community")
