"""A person's own sessions: check in, show that one is there, join by video, and say how it was."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.check_ins.forms import (
    CheckInForm,
    CheckOutForm,
    ClimateForm,
    JoinForm,
    RoomCodeForm,
)
from throughcare.faces.web.door import tries
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.between_sessions import NO_EMERGENCY_LINE
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.attendance.joining_by_video import (
    Whereabouts,
    join_session,
    leave,
    own_joining,
    still_there,
)
from throughcare.pathway.attendance.own_sessions import OwnAnswers, own_session, own_sessions
from throughcare.pathway.attendance.room_code import come_by_code
from throughcare.pathway.check_in.check_in import check_in, check_out
from throughcare.pathway.check_in.climate import tell_climate
from throughcare.pathway.homework.homework_views import open_homework
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.timetable.publishing.telling import my_week_notices

TOO_MANY = _("There were too many wrong codes. Ask your facilitator to take your attendance.")
THANKS = _("Thank you. Your facilitator sees it when the session begins.")


def sessions(request: StaffRequest) -> HttpResponse:
    """My sessions: what I can do now, and what comes."""
    mine = own_sessions(by=request.actor, at=timezone.now())
    now = [one for one in mine if one.is_today or one.may_check_in or one.may_check_out]
    context = {
        "now": now,
        "coming": [one for one in mine if one not in now and not one.is_over],
        "notices": len(my_week_notices(by=request.actor)),
        "homework": len(open_homework(own_patient(by=request.actor), by=request.actor, at=timezone.now())),
    }
    return render(request, "check_ins/sessions.html", context)


def _mine(request: StaffRequest, session: UUID) -> OwnAnswers:
    return own_session(session, own_patient(by=request.actor), by=request.actor, at=timezone.now())


def _page(
    request: HttpRequest, template: str, form: Form, mine: OwnAnswers, verdict: Verdict, **more: Any
) -> HttpResponse:
    """A page about one session, or the sentence why it isn't its time."""
    context = {"form": form, "mine": mine, "verdict": verdict, "no_emergency_line": NO_EMERGENCY_LINE, **more}
    return render(request, f"check_ins/{template}.html", context, status=422 if form.errors else 200)


@once
def before(request: StaffRequest, session: UUID) -> HttpResponse:
    """The minute before a session."""
    mine, by, at = _mine(request, session), request.actor, timezone.now()
    practice = open_homework(mine.patient, by=by, at=at)
    form = CheckInForm(
        request.POST or None,
        said=mine.check_in if mine.session.has_checked_in else None,
        skill=practice[-1].skill or practice[-1].text if practice else "",
    )
    if form.is_valid() and attempt(
        form, lambda: check_in(session, mine.patient, answers=form.answers, way="page", by=by, at=at)
    ):
        messages.success(request, THANKS)
        return redirect("my_sessions")
    return _page(request, "check_in", form, mine, mine.session.may_check_in)


@once
def after(request: StaffRequest, session: UUID) -> HttpResponse:
    """The sentence at the end; then the four taps, where they are asked."""
    mine, by, at = _mine(request, session), request.actor, timezone.now()
    form = CheckOutForm(request.POST or None, initial={"words": mine.check_out})
    if form.is_valid() and attempt(
        form,
        lambda: check_out(session, mine.patient, words=form.cleaned_data["words"], way="page", by=by, at=at),
    ):
        if mine.may_tell_climate:
            return redirect("my_climate", session)
        messages.success(request, _("Thank you. See you next time."))
        return redirect("my_sessions")
    return _page(request, "check_out", form, mine, mine.session.may_check_out)


@once
def climate(request: StaffRequest, session: UUID) -> HttpResponse:
    """Four taps without my name."""
    mine, by, at = _mine(request, session), request.actor, timezone.now()
    form = ClimateForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: tell_climate(session, mine.patient, taps=form.taps, by=by, at=at)
    ):
        messages.success(request, _("Thank you. See you next time."))
        return redirect("my_sessions")
    return _page(request, "climate", form, mine, mine.may_tell_climate)


@once
def here(request: StaffRequest) -> HttpResponse:
    """I am in the room: its code shows it."""
    by, at = request.actor, timezone.now()
    form, who = RoomCodeForm(request.POST or None), f"room code {by.account}"
    found: list[UUID] = []
    if form.is_valid():
        if not tries.may_try(who):
            form.add_error(None, TOO_MANY)
        elif attempt(form, lambda: found.append(come_by_code(form.cleaned_data["code"], by=by, at=at))):
            tries.forget_wrong(who)
        else:
            tries.count_wrong(who)
    if found:
        mine = _mine(request, found[0])
        if mine.session.has_checked_in or not mine.session.may_check_in:
            messages.success(request, _("You are here. Welcome."))
            return redirect("my_sessions")
        messages.success(request, _("You are here. One minute more, if you like."))
        return redirect("my_check_in", found[0])
    return render(request, "check_ins/here.html", {"form": form}, status=422 if form.errors else 200)


@once
def join(request: StaffRequest, session: UUID) -> HttpResponse:
    """Before the video: where I am."""
    mine, by, at = _mine(request, session), request.actor, timezone.now()
    form = JoinForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: join_session(
            session, mine.patient, whereabouts=Whereabouts(**form.cleaned_data), by=by, at=at
        ),
    ):
        return redirect("my_joining", session)
    return _page(request, "join", form, mine, mine.session.may_join)


def joining(request: StaffRequest, session: UUID) -> HttpResponse:
    """The way to the video, and the page that stays open beside it."""
    mine = _mine(request, session)
    found = own_joining(session, mine.patient, by=request.actor, at=timezone.now())
    if found.is_silent and not found.left_at and found.may_join:
        return redirect("my_join", session)
    return render(request, "check_ins/joining.html", {"joined": found, "mine": mine})


def beat(request: HttpRequest, joining: UUID) -> HttpResponse:
    """The open page says that its person is still there."""
    still_there(joining, at=timezone.now())
    return HttpResponse(status=204)


def left(request: HttpRequest, joining: UUID) -> HttpResponse:
    """I left the video."""
    leave(joining, at=timezone.now())
    return redirect("my_sessions")
