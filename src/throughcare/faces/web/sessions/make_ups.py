"""What is left of a week for someone who missed hours, and the seat that makes up for them."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.fields import Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.day import day_of
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.make_up.giving_back import give_back_make_up, make_up_seat
from throughcare.pathway.make_up.make_up import book_make_up, make_ups

WEEK = timedelta(days=7)
COLUMNS = (
    Column("Session"),
    Column("Where"),
    Column("Seats taken", numbers=True),
    Column("The week would come to"),
    Column("Make up here", unseen=True),
)


@once
def offer(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The sessions that are left, each with its verdict; `?week=2026-03-02` shows the week of another day."""
    by, at = request.actor, timezone.now()
    trouble = None
    if request.method == "POST":
        try:
            book_make_up(_session(request), patient, by=by, at=at)
        except CannotSee:
            raise
        except Cannot as cannot:
            trouble = cannot.because
        else:
            messages.success(request, "The seat is booked: it makes up for missed hours.")
            return redirect("hour_ledger", patient)
    found = make_ups(patient, by=by, at=at, week=day_of(request.GET.get("week", "")))
    context = {
        **chart(patient, current="hours", by=by, at=at),
        "found": found,
        "sessions": (*found.offered, *found.refused),
        "trouble": trouble,
        "columns": COLUMNS,
        "trail": [("Hours", reverse("hour_ledger", args=[patient]))],
        "url": f"{reverse('make_ups', args=[patient])}?week={found.monday:%Y-%m-%d}",
        "later": found.monday + WEEK,
    }
    return render(request, "sessions/make_ups.html", context, status=422 if trouble else 200)


class GiveBackForm(Form):
    """Why a seat is given back."""

    because = Text(
        "Why is the seat given back?", hint="It stays on record", missing="Say why", max_length=200
    )


@once
def give_back(request: StaffRequest, session: UUID, patient: UUID) -> HttpResponse:
    """Give back a make-up seat that was given by mistake."""
    by, at = request.actor, timezone.now()
    seat = make_up_seat(session, patient, by=by, at=at)
    form = GiveBackForm(request.POST or None)
    if form.is_valid():
        try:
            give_back_make_up(session, patient, because=form.cleaned_data["because"], by=by, at=at)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "The seat was given back.")
            return redirect("session", session)
    context = {
        "seat": seat,
        "form": form,
        **chart(patient, current="hours", by=by, at=at),
        "trail": [(seat.head.title, reverse("session", args=[session]))],
        "session_url": reverse("session", args=[session]),
    }
    return render(request, "sessions/give_back_seat.html", context, status=422 if form.errors else 200)


def _session(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("session", ""))
    except ValueError:
        raise Absent("session") from None
