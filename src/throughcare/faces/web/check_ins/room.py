"""What staff see of it: the code for the room, check-ins as they come, proof of presence, and the climate."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.charts import Point, ScoreChart
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.room import is_live, lead_of, room_tabs, trail_of
from throughcare.pathway.attendance.proofs import take_over_proofs
from throughcare.pathway.attendance.room_code import show_code
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.check_in.check_in_views import door_mark, session_check_ins
from throughcare.pathway.check_in.climate import ClimatePage, group_climate
from throughcare.pathway.privacy import may_access

STATEMENTS = (
    Column("Statement"),
    Column("This session", numbers=True),
    Column("Session by session"),
    Column("Trend"),
)


def check_ins(request: StaffRequest, session: UUID) -> HttpResponse:
    """Check-ins, what was noticed first. The open page asks for news; without any the answer is empty."""
    mark = door_mark(session, by=request.actor)
    if request.headers.get("HX-Request") and request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    found = session_check_ins(session, by=request.actor, at=timezone.now())
    context = {
        "room": found,
        "mark": mark,
        "may_type": found.head.cancelled_because is None
        and may_access("check_in", by=request.actor, verb="change"),
        "is_live": is_live(found.head, at=timezone.now()),
        "tabs": room_tabs(found.head, current="check_ins", by=request.actor),
        "trail": trail_of(found.head, roles=request.actor.roles),
        "lead": lead_of(found.head),
    }
    return render(request, "check_ins/check_ins.html", context)


def code(request: StaffRequest, session: UUID) -> HttpResponse:
    """A new code for the screen in the room; it goes on changing while the page is open."""
    shown = show_code(session, by=request.actor, at=timezone.now())
    context = {"shown": shown, "session": session, "here_url": reverse("my_here")}
    return render(request, "check_ins/code.html", context)


@once
def take_over(request: StaffRequest, session: UUID) -> HttpResponse:
    """Take over what the proofs of presence say."""
    try:
        count = take_over_proofs(session, by=request.actor, at=timezone.now())
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, f"{count} recorded as their proof says.")
    return redirect("session", session)


def climate(request: StaffRequest, session: UUID) -> HttpResponse:
    """How it was for the group, without names."""
    found = group_climate(session, by=request.actor, at=timezone.now())
    context = {
        "room": found,
        "columns": STATEMENTS,
        "chart": _chart(found) if any(one.climate for one in found.sessions) else None,
        "tabs": room_tabs(found.head, current="climate", by=request.actor),
        "trail": trail_of(found.head, roles=request.actor.roles),
        "lead": lead_of(found.head),
    }
    return render(request, "check_ins/group_climate.html", context)


def _chart(found: ClimatePage) -> ScoreChart:
    points = [Point(one.day, round(one.climate.whole, 1)) for one in found.sessions if one.climate]
    return ScoreChart("Climate, session by session", points, 0, 10, chart_id="climate")
