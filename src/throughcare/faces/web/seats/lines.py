"""Lines for what is full: who waits for a session or a group, and who is taken out again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.room import trail_of
from throughcare.knowledge.waiting_lines import say_place
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.group.waiting import stop_waiting_for_group
from throughcare.pathway.line.session_line import leave_line
from throughcare.pathway.line.session_line_view import line_of_session
from throughcare.pathway.make_up.make_up import take_seat

COLUMNS = (Column("Person"), Column("Since"), Column("Take out", unseen=True))


def of_session(request: StaffRequest, session: UUID) -> HttpResponse:
    """Who waits for a seat in a session, the first in line first."""
    found = line_of_session(session, by=request.actor, at=timezone.now())
    context = {
        "line": found,
        "columns": COLUMNS,
        "when": f"{found.head.starts:%A, %B} {found.head.starts.day}, {found.head.starts:%-I:%M %p}",
        "trail": [
            *trail_of(found.head, roles=request.actor.roles),
            (found.head.title, reverse("session", args=[session])),
        ],
    }
    return render(request, "seats/line.html", context)


@once
def change(request: StaffRequest, session: UUID, patient: UUID) -> HttpResponse:
    """Put a person in a session's line (or in a seat, when one has come free), or take them out of it."""
    by, now = request.actor, timezone.now()
    if request.POST.get("act") == "leave":
        leave_line(session, patient, by=by, at=now)
        messages.success(request, "They no longer stand in line.")
        return redirect("session_line", session)
    try:
        taken = take_seat(session, patient, by=by, at=now)
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        said = "A seat was free: it is theirs." if taken.seat else f"In line. {_theirs(taken.place)}"
        messages.success(request, said)
    return redirect("make_ups", patient)


def _theirs(place: int | None) -> str:
    return say_place(place or 1).replace("You are", "They are").replace("before you", "before them")


@once
def end_group_wait(request: StaffRequest, group: UUID, wait: UUID) -> HttpResponse:
    """Take a person out of a group's line."""
    stop_waiting_for_group(wait, by=request.actor, at=timezone.now())
    messages.success(request, "They no longer stand in line.")
    return redirect("group", group)
