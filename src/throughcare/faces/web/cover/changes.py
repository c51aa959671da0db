"""What was changed of single sessions, and who has been told."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cover.changes import change_view, week_changes
from throughcare.pathway.privacy import may_access
from throughcare.pathway.timetable.publishing.telling import told_by_mouth

COLUMNS = (
    Column("What"),
    Column("From"),
    Column("Why"),
    Column("Sessions", numbers=True),
    Column("Told", numbers=True),
)
SESSION_COLUMNS = (Column("Session"), Column("Status"), Column("Now"))
TOLD_COLUMNS = (Column("Who"), Column("What they read"), Column("Told"), Column("Change", unseen=True))
GUEST_COLUMNS = (Column("Family and others"), Column("How they hear of it"))


def every(request: StaffRequest) -> HttpResponse:
    """Every change of single sessions, the newest first."""
    context = {
        "lines": week_changes(by=request.actor),
        "columns": COLUMNS,
        "trail": [("Week", reverse("week_board"))],
    }
    return render(request, "cover/changes.html", context)


def one(request: StaffRequest, change: UUID) -> HttpResponse:
    """One change with its sessions and everyone whom it concerns."""
    view = change_view(change, by=request.actor, at=timezone.now())
    line = view.line
    context = {
        "view": view,
        "line": line,
        "lead": f"By {line.done_by}. {line.told} of {line.concerned} have been told. {view.leaves}",
        "makes_up": any(session.is_lost for session in view.sessions)
        and bool(may_access("make_up", by=request.actor, verb="change")),
        "session_columns": SESSION_COLUMNS,
        "columns": TOLD_COLUMNS,
        "guest_columns": GUEST_COLUMNS,
        "trail": [("Week", reverse("week_board")), ("Changes", reverse("week_changes"))],
    }
    return render(request, "cover/change.html", context)


@once
def told(request: StaffRequest, change: UUID, notice: UUID) -> HttpResponse:
    """Someone of the staff has told a person."""
    told_by_mouth(notice, by=request.actor, at=timezone.now())
    return redirect("week_change", change)
