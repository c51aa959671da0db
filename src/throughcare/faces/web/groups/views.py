"""Groups: the list by track, and one group's page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.who import PREPARE
from throughcare.faces.web.ways import way
from throughcare.pathway.group.curricula import group_lessons
from throughcare.pathway.group.page import group_view
from throughcare.pathway.group.views import GroupLine, group_line, list_groups
from throughcare.pathway.privacy import may_access
from throughcare.pathway.week.week_choices import week_choices

COLUMNS = (
    Column("Group"),
    Column("When"),
    Column("Led by"),
    Column("Room"),
    Column("Seats", numbers=True),
    Column("State"),
)
MEMBER_COLUMNS = (Column("Person"), Column("In the group"), Column("Change", unseen=True))
SETS_UP = ("admin", "director", "clinician")


def groups(request: StaffRequest) -> HttpResponse:
    """Every group by track, with seats taken."""
    by, now = request.actor, timezone.now()
    tracks: dict[str, list[GroupLine]] = {}
    for line in list_groups(by=by, at=now, closed="closed" in request.GET):
        tracks.setdefault(line.track_title, []).append(line)
    context = {
        "tracks": list(tracks.items()),
        "columns": COLUMNS,
        "closed": "closed" in request.GET,
        "may_set_up": by.holds(*SETS_UP),
        "new_url": reverse("new_group"),
        "milestones_url": way("community", by=by),
        "several_sites": len(week_choices(by=by).sites) > 1,
    }
    return render(request, "groups/groups.html", context)


def group(request: StaffRequest, group: UUID) -> HttpResponse:
    """One group: when it meets, who leads it, who is in it."""
    by, now = request.actor, timezone.now()
    if not may_access("schedule", by=by):
        context: dict[str, Any] = {"line": group_line(group, by=by, at=now), "view": None}
    else:
        view = group_view(group, by=by, at=now)
        context = {"line": view.line, "view": view}
    context |= {
        "trail": [("Groups", reverse("groups"))],
        "lessons": group_lessons(group, by=by, at=now),
        "may_prepare": by.holds(*PREPARE),
        "columns": MEMBER_COLUMNS,
        "may_set_up": by.holds(*SETS_UP),
        "may_change": bool(may_access("schedule", by=by, verb="change")),
    }
    return render(request, "groups/group.html", context)
