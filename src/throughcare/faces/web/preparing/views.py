"""The page before a session, and on paper: one session's sheet, or a facilitator's whole day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.day import day_of
from throughcare.faces.web.sessions.room import lead_of, room_tabs, trail_of
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.community.milestone import ToSay, milestones_to_say
from throughcare.pathway.lesson.prepare import PreparedSession, prepare_session
from throughcare.pathway.lesson.prepare_day import prepare_day
from throughcare.pathway.lesson.session_homework import give_topic_homework
from throughcare.pathway.privacy import may_access

COLUMNS = (
    Column("Person"),
    Column("This topic"),
    Column("Homework before"),
    Column("Works on"),
)
ON_PAPER = (Column("Person"), Column("This topic"), Column("Ask about"), Column("Here"))


@dataclass(frozen=True)
class PartOfSession:
    """One part of the outline with when it begins on the clock."""

    name: str
    starts: datetime
    minutes: int
    text: str


def prepare(request: StaffRequest, session: UUID) -> HttpResponse:
    """The topic, and what to know of each person; `?print=1` is the sheet to take along."""
    by, now = request.actor, timezone.now()
    found = prepare_session(session, by=by, at=now)
    if request.GET.get("print") == "1":
        sheets = [(found, _outline(found))]
        context = {"sheets": sheets, "day": found.head.day, "columns": ON_PAPER, "printed_at": now}
        return render(request, "preparing/sheet.html", context)
    context = {
        "found": found,
        "room": found,
        "outline": _outline(found),
        "columns": COLUMNS,
        "tabs": room_tabs(found.head, current="prepare", by=by),
        "trail": trail_of(found.head, roles=by.roles),
        "lead": lead_of(found.head),
        "to_say": _to_say(found, request),
    }
    return render(request, "preparing/prepare.html", context)


def _to_say(found: PreparedSession, request: StaffRequest) -> list[ToSay]:
    """The milestones that people of this group asked to have said in it; who only makes up a session isn't of it."""
    by, members = request.actor, [one.patient for one in found.people if not one.is_make_up]
    if not found.head.is_group or not may_access("community", by=by):
        return []
    return milestones_to_say(among=members, by=by, at=timezone.now())


@once
def give_to_all(request: StaffRequest, session: UUID) -> HttpResponse:
    """Give the topic's homework to everyone who is there."""
    try:
        count = give_topic_homework(session, by=request.actor, at=timezone.now())
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        who = "1 person" if count == 1 else f"{count} people"
        given = f"Given to {who}. They find it on their own page."
        messages.success(request, given if count else "Everyone here has it already.")
    return redirect(f"{reverse('prepare_session', args=[session])}#homework")


def day_sheet(request: StaffRequest) -> HttpResponse:
    """All of one's own sessions of a day, for paper (`?print=1`); `?day=2026-03-02` names another day."""
    by, now = request.actor, timezone.now()
    day = day_of(request.GET.get("day", ""))
    found = prepare_day(by=by, at=now, day=day)
    sheets = [(one, _outline(one)) for one in found.sessions]
    context = {"sheets": sheets, "day": found.day, "columns": ON_PAPER, "printed_at": now}
    return render(request, "preparing/sheet.html", context)


def _outline(found: PreparedSession) -> list[PartOfSession]:
    """The topic's outline on the clock of this session."""
    topic, starts = found.lesson.topic, found.head.starts
    parts = []
    for part in topic.outline if topic else ():
        parts.append(PartOfSession(part.part.capitalize(), starts, part.minutes, part.text))
        starts += timedelta(minutes=part.minutes)
    return parts
