"""A check-in that a member of staff types while the person says it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.check_ins.forms import CheckInForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.room import lead_of, room_tabs, trail_of
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.attendance.own_sessions import own_session
from throughcare.pathway.check_in.check_in import check_in
from throughcare.pathway.check_in.check_in_views import session_check_ins


@once
def for_someone(request: StaffRequest, session: UUID, patient: UUID) -> HttpResponse:
    """Someone without a phone, or with full hands: the same questions, asked aloud."""
    by, at = request.actor, timezone.now()
    theirs = own_session(session, patient, by=by, at=at)
    form = CheckInForm(request.POST or None, said=theirs.check_in if theirs.session.has_checked_in else None)
    if form.is_valid() and attempt(
        form, lambda: check_in(session, patient, answers=form.answers, way="staff", by=by, at=at)
    ):
        messages.success(request, "The check-in is kept.")
        return redirect("session_check_ins", session)
    room = session_check_ins(session, by=by, at=at)
    context = {
        "form": form,
        "theirs": theirs,
        "room": room,
        "name": next((line.name for line in room.lines if line.patient == patient), ""),
        "tabs": room_tabs(room.head, current="check_ins", by=by),
        "trail": trail_of(room.head, roles=by.roles),
        "lead": lead_of(room.head),
    }
    return render(request, "check_ins/typed.html", context, status=422 if form.errors else 200)
