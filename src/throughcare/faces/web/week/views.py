"""A person's week, and the week of a site."""

from datetime import time, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.parts.weeks import Block, week_grid
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.status_words import status_word
from throughcare.faces.web.ways import way
from throughcare.faces.web.week.days import asked_monday, week_links
from throughcare.faces.web.week.forms import BoardFilter
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.clinic.clinic_views import today_at_clinic
from throughcare.pathway.own_week.asks import asks_of
from throughcare.pathway.own_week.cannot_come import said_ahead
from throughcare.pathway.privacy import may_access
from throughcare.pathway.timetable.publishing.telling import notices_about
from throughcare.pathway.week.week import (
    WeekCommitment,
    WeekOfPatient,
    WeekSession,
    open_groups_for,
    week_of_patient,
)
from throughcare.pathway.week.week_board import BoardFilters, week_board
from throughcare.pathway.week.week_choices import week_choices

# For how long back the week's page says what somebody could not come to.
SAID_BACK = timedelta(days=28)
LOAD_COLUMNS = (
    Column("Facilitator"),
    Column("Sessions", numbers=True),
    Column("Hours", numbers=True),
    Column("Days", numbers=True),
    Column("Seats", numbers=True),
)
PLACED_COLUMNS = (
    Column("Session type"),
    Column("Minutes placed", numbers=True),
    Column("Prescribed", numbers=True),
)
UPCOMING_COLUMNS = (Column("Session"), Column("When"), Column("With"), Column("Change"))
GROUP_COLUMNS = (Column("Group"), Column("When"), Column("Seats", numbers=True), Column("Place"))


def board(request: StaffRequest) -> HttpResponse:
    """The week of a site, by day and time."""
    by, now = request.actor, timezone.now()
    today = today_at_clinic(by=by, at=now)
    monday = asked_monday(request, today=today)
    filters = BoardFilters(
        site=_uuid(request, "site"),
        track=request.GET.get("track", "") if request.GET.get("track", "") in TRACKS else "",
        practitioner=_uuid(request, "facilitator"),
    )
    found = week_board(filters, monday, by=by, at=now)
    choices = week_choices(by=by)
    form = BoardFilter(choices.sites, choices.practitioners, request.GET)
    context = {
        "board": found,
        "form": form,
        "links": week_links(request, monday, today=today),
        "is_this_week": found is not None and monday <= found.today <= found.days[-1][0],
        "load_columns": LOAD_COLUMNS,
        "week_value": monday.isoformat() if "week" in request.GET else "",
        "groups_url": reverse("groups"),
        "rules_url": way("week_rules", found.site, by=by) if found else "",
        "may_open": bool(may_access("attendance", by=by)),
        "may_change": bool(may_access("schedule", by=by, verb="change")),
    }
    return render(request, "week/board.html", context)


def _uuid(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def patient_week(request: StaffRequest, patient: UUID) -> HttpResponse:
    """A person's sessions and commitments, hours placed of hours prescribed, and groups that fit."""
    by, now = request.actor, timezone.now()
    today = today_at_clinic(by=by, at=now)
    monday = asked_monday(request, today=today)
    found = week_of_patient(patient, monday, by=by, at=now)
    may_change = may_access("schedule", by=by, verb="change")
    may_ask = may_access("own_week", by=by)
    groups = (
        open_groups_for(found.episode, from_date=max(today, monday), by=by, at=now)
        if found.episode and may_change
        else []
    )
    context = {
        **chart(patient, current="week", by=by, at=now),
        "week": found,
        "grid": week_grid(found.days, [one for one in blocks_of(found) if not at_night(one)]),
        "nights": [one for one in blocks_of(found) if at_night(one)],
        "links": week_links(request, monday, today=found.today),
        "is_this_week": monday <= found.today <= found.days[-1],
        "groups": groups,
        "may_change": may_change,
        "to_tell": notices_about(patient, by=by, at=now) if may_change else (),
        "asks": asks_of(patient, by=by, at=now) if may_ask else (),
        "said_ahead": said_ahead(patient, since=found.monday - SAID_BACK, by=by, at=now) if may_ask else (),
        "may_keep_apart": bool(may_access("kept_apart", by=by)),
        "lead": f"{say_day(monday)} to {say_day(found.days[-1])}, {found.days[-1].year}",
        "week_label": f"Week of {say_day(monday)}",
        "book_url": reverse("book_session", args=[patient]),
        "commitments_url": reverse("commitments", args=[patient]),
        "kept_apart_url": reverse("kept_apart", args=[patient]),
        "ways": _ways(patient, by=by) if found.episode else [],
        "why_url": _why_url(found, by=by),
        "placed_columns": PLACED_COLUMNS,
        "upcoming_columns": UPCOMING_COLUMNS,
        "group_columns": GROUP_COLUMNS,
        "upcoming": [one for one in found.sessions if not one.is_over and not one.cancelled_because],
    }
    return render(request, "week/patient_week.html", context)


def _ways(patient: UUID, *, by: Actor) -> list[tuple[str, str]]:
    """The pages about what the week must respect that this reader may open."""
    pages = (("Wishes", "week_wishes"), ("Good weeks", "place_in_week"), ("Never with", "never_with"))
    ways = [(title, way(name, patient, by=by)) for title, name in pages]
    return [(title, url) for title, url in ways if url]


def _why_url(week: WeekOfPatient, *, by: Actor) -> str:
    """The page that says why hours are missing; empty where none are."""
    missing = week.prescribed_hours is not None and week.placed_hours < week.prescribed_hours
    address = way("why_not", week.patient, by=by) if missing and week.episode else ""
    return f"{address}?week={week.monday.isoformat()}" if address else ""


def blocks_of(week: WeekOfPatient) -> list[Block]:
    """The week as blocks of the grid."""
    return [_session(one) for one in week.sessions] + [_commitment(one) for one in week.commitments]


def at_night(block: Block) -> bool:
    """Whether someone's own time lies wholly in the night: said in words, so that the day's grid stays readable."""
    return block.commitment and (block.starts >= time(21) or time(0) < block.ends <= time(6))


def _session(one: WeekSession) -> Block:
    detail = ", ".join(part for part in (one.with_whom, one.where) if part)
    if one.cancelled_because:
        said = f"{status_word(one.status).word}: {one.cancelled_because}"
        return Block(one.day, one.starts, one.ends, one.title, said, tone="plain")
    return Block(one.day, one.starts, one.ends, one.title, detail, tone="calm")


def _commitment(one: WeekCommitment) -> Block:
    return Block(one.day, one.starts, one.ends, one.title, commitment=True, tone="plain")
