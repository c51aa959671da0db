"""My hours, and what could still make my week whole."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.day import day_of
from throughcare.faces.web.week_bar import BarOfWeek
from throughcare.knowledge.waiting_lines import say_place
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.make_up.my_make_ups import (
    MyMakeUps,
    answer_own_seat,
    decline_make_ups,
    leave_own_line,
    my_make_ups,
    take_own_seat,
)
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.seat.seat_telling import heard_of_seat, my_seat_words
from throughcare.pathway.session.hours import LedgerWeek, hour_ledger

SEAT = _("The seat is yours. It is in your week.")


def hours(request: StaffRequest) -> HttpResponse:
    """My week in plain words and as a picture; `?before=2026-03-02` looks at the week before that day."""
    by, now = request.actor, timezone.now()
    before = day_of(request.GET.get("before", ""))
    found = hour_ledger(own_patient(by=by), by=by, at=now, weeks=1, before=before)
    (week,) = found.weeks
    begins = week.ledger.begins
    said = _("This week") if week.is_under_way else f"Week of {begins:%B} {begins.day}"
    context: dict[str, Any] = {"found": found, "week": week, "before": before, "week_words": said}
    # Whoever has left reads what kind of session it was; what a group is called is for those in the program.
    context["lines_named"] = [(one, one.title if by.holds("patient") else one.kind) for one in week.lines]
    context |= (
        _offered(by, at=now) if week.is_under_way and by.holds("patient") else {"bar": bar_of(week, None)}
    )
    if "mine" in context:
        context["bar"] = bar_of(week, context["mine"])
    return render(request, "seats/my_hours.html", context)


def bar_of(week: LedgerWeek, mine: MyMakeUps | None) -> BarOfWeek:
    """The picture of a week; what may still be made up is as much as is missing and fits."""
    ledger = week.ledger
    fits = sum(one.minutes for one in mine.free) / 60 if mine else 0.0
    return BarOfWeek(
        prescribed=ledger.prescribed,
        planned=ledger.planned,
        came=ledger.delivered - ledger.made_up,
        made_up=ledger.made_up,
        to_come=ledger.to_come + ledger.not_taken,
        open=min(ledger.lacks, fits),
    )


def _offered(by: Actor, *, at: datetime, week: date | None = None) -> dict[str, Any]:
    mine = my_make_ups(by=by, at=at, week=week)
    lines = [(one, say_place(one.place or 1)) for one in mine.lines] if mine else []
    return {
        "mine": mine,
        "lines": lines,
        "words": my_seat_words(by=by, at=at),
        "make_ups_url": f"{reverse('my_make_ups')}{f'?week={week}' if week else ''}",
    }


@once
def make_ups(request: StaffRequest) -> HttpResponse:
    """What could still make my week whole, or that of `?week=2026-03-09`: one tap takes a seat, or a place in line."""
    by, now = request.actor, timezone.now()
    trouble = ""
    if request.method == "POST":
        try:
            taken = take_own_seat(_session(request), by=by, at=now)
        except CannotSee:
            raise
        except Cannot as cannot:
            trouble = cannot.because
        else:
            messages.success(request, SEAT if taken.seat else _in_line(taken.place))
            return redirect(request.get_full_path())
    asked = day_of(request.GET.get("week", ""))
    context = {**_offered(by, at=now, week=asked), "trouble": trouble, "asked": asked}
    return render(request, "seats/my_make_ups.html", context, status=422 if trouble else 200)


def _in_line(place: int | None) -> str:
    return f"All seats are taken. {say_place(place or 1)} We tell you when a seat comes free."


def _session(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("session", ""))
    except ValueError:
        raise Absent("session") from None


@once
def answer(request: StaffRequest, session: UUID) -> HttpResponse:
    """I take the seat that is held for me, or let it go to the next in line."""
    takes = request.POST.get("takes") == "yes"
    try:
        answer_own_seat(session, takes=takes, by=request.actor, at=timezone.now())
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, SEAT if takes else _("Thank you for telling us. Someone else can have it."))
    return redirect("my_make_ups")


@once
def leave_line(request: StaffRequest, session: UUID) -> HttpResponse:
    """I wait no longer for a seat."""
    leave_own_line(session, by=request.actor, at=timezone.now())
    messages.success(request, _("You are no longer in line."))
    return redirect("my_make_ups")


@once
def decline(request: StaffRequest) -> HttpResponse:
    """I need no make-up this week."""
    decline_make_ups(by=request.actor, at=timezone.now())
    messages.success(request, _("We heard you. If you change your mind, what is free stays on this page."))
    return redirect("my_make_ups")


@once
def hear(request: StaffRequest, notice: UUID) -> HttpResponse:
    """Whoever is signed in has read what they were told."""
    heard_of_seat(notice, by=request.actor, at=timezone.now())
    return redirect("my_make_ups" if request.actor.patient else "today")
