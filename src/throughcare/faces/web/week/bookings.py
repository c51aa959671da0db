"""Sessions booked, moved, canceled, and single seats given back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt, page, week_url
from throughcare.faces.web.week.forms import (
    CancelForm,
    MoveForm,
    SessionForm,
)
from throughcare.knowledge.canceling import ONCE, SEAT, SERIES
from throughcare.knowledge.week_rules import say_day, say_times
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.clinic.clinic_views import today_at_clinic
from throughcare.pathway.people.finding import find_people
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.canceling import (
    cancel_for_everyone,
    cancel_for_one,
    end_series,
    move_for_everyone,
    will_tell,
)
from throughcare.pathway.week.schedule import book_series
from throughcare.pathway.week.week import week_of_patient
from throughcare.pathway.week.week_choices import (
    SessionToChange,
    family_choices,
    session_to_change,
    week_choices,
)

MOST_SEARCHES = 8
TELL = "Who has an account reads it on their own page; tell the others below."


@once
def book(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Book a one-to-one, family or prescriber session, once or for some weeks.

    “Find” looks for further patients who may be in it, and keeps what was typed meanwhile.
    """
    by, now = request.actor, timezone.now()
    today = today_at_clinic(by=by, at=now)
    week = week_of_patient(patient, today, by=by, at=now)
    choices = week_choices(by=by, site=week.site)
    site = week.site or UUID(choices.sites[0][0])
    searches, finds = _searches(request), "find" in request.POST
    form = SessionForm(
        choices,
        None if finds else request.POST or None,
        initial=_typed(request.POST) if finds else {"day": today},
        others=_others(searches, patient, by=by, at=now),
        family=family_choices(patient, by=by, at=now),
    )

    def write() -> object:
        return book_series(_asked(form, patient, site), weeks=form.cleaned_data["weeks"], by=by, at=now)

    if form.is_valid() and attempt(form, write):
        messages.success(request, "Booked.")
        return redirect(f"{week_url(patient)}?week={form.cleaned_data['day'].isoformat()}")
    context = {
        **chart(patient, current="week", by=by, at=now),
        "back": week_url(patient),
        "searches": searches,
        "nobody": searches and "others" not in form.fields,
    }
    return page(request, "book", form, context)


def _searches(request: StaffRequest) -> list[str]:
    """What was looked for on this page, the newest last."""
    said = [*request.GET.getlist("q"), *request.POST.getlist("q"), request.POST.get("looked_for", "")]
    return list(dict.fromkeys(text.strip() for text in said if text.strip()))[-MOST_SEARCHES:]


def _typed(posted: QueryDict) -> dict[str, object]:
    """What stands in the form so far; lists where several may be picked."""
    several = ("others", "beside", "guests")
    return {name: posted.getlist(name) if name in several else posted[name] for name in posted}


def _asked(form: SessionForm, patient: UUID, site: UUID) -> NewSession:
    said = form.cleaned_data
    return NewSession(
        kind=said["kind"],
        site=site,
        practitioner=UUID(said["practitioner"]),
        patients=(patient, *form.picked("others")),
        beside=form.picked("beside"),
        guests=form.picked("guests"),
        starts_at=form.starts_at,
        minutes=said["minutes"],
        room=UUID(said["room"]) if said["room"] else None,
    )


def _others(searches: Sequence[str], patient: UUID, *, by: Actor, at: datetime) -> list[tuple[str, str]]:
    """Everyone whom the searches found, but the patient, each once."""
    found = [one for text in searches for one in find_people(text, by=by, at=at)]
    names = {one.uid: f"{one.name}, number {one.number}" for one in found if one.uid != patient}
    return [(str(uid), name) for uid, name in names.items()]


@once
def release(request: StaffRequest, patient: UUID, session: UUID) -> HttpResponse:
    """Give back one person's seat in one session."""
    by, now = request.actor, timezone.now()
    found = session_to_change(session, by=by, at=now)
    if patient not in dict(found.people):
        raise Absent("seat")
    form = CancelForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: cancel_for_one(session, patient, because=form.cleaned_data["because"], by=by, at=now),
    ):
        messages.success(request, "Not this time: the seat is free, the rest of their week stays.")
        return redirect(week_url(patient))
    context = {
        **chart(patient, current="week", by=by, at=now),
        "lead": _said(found),
        "back": week_url(patient),
        "told": will_tell(session, SEAT, patient=patient, by=by, at=now),
    }
    return page(request, "release", form, context)


def _said(session: SessionToChange) -> str:
    return f"{session.title}, {say_day(session.day)}, {say_times(session.starts, session.ends)}"


@once
def move(request: StaffRequest, session: UUID) -> HttpResponse:
    """Move one session to another time."""
    by, now = request.actor, timezone.now()
    found = session_to_change(session, by=by, at=now)
    initial = {
        "day": found.day,
        "starts": found.starts,
        "minutes": found.minutes,
        "practitioner": str(found.practitioner or ""),
        "room": str(found.room or ""),
    }
    form = MoveForm(week_choices(by=by, site=found.site), request.POST or None, initial=initial)
    done: list[UUID] = []

    def act() -> None:
        said = form.cleaned_data
        change = move_for_everyone(
            session,
            starts_at=form.starts_at,
            minutes=said["minutes"],
            practitioner=UUID(said["practitioner"]),
            room=UUID(said["room"]) if said["room"] else None,
            by=by,
            at=now,
        )
        done.append(change)

    if form.is_valid() and attempt(form, act):
        messages.success(request, f"Moved, with everyone in it. {TELL}")
        return redirect("week_change", done[0])
    context = {
        "title": f"Move {found.title}",
        "lead": _said(found),
        "session": found,
        "back": _board(found.day),
    }
    return page(request, "move", form, context)


def _board(day: Any) -> str:
    return f"{reverse('week_board')}?week={day.isoformat()}"


@once
def cancel(request: StaffRequest, session: UUID) -> HttpResponse:
    """Cancel one session, or it and the rest of its series."""
    by, now = request.actor, timezone.now()
    found = session_to_change(session, by=by, at=now)
    rest = request.resolver_match is not None and request.resolver_match.url_name == "cancel_rest"
    act = end_series if rest else cancel_for_everyone
    form = CancelForm(request.POST or None)
    done: list[UUID] = []
    if form.is_valid() and attempt(
        form, lambda: done.append(act(session, because=form.cleaned_data["because"], by=by, at=now))
    ):
        messages.success(request, f"Canceled. {TELL}")
        return redirect("week_change", done[0])
    context = {
        "title": f"Cancel {found.title}{' and the rest of its series' if rest else ''}",
        "lead": _said(found),
        "submit": "Cancel them" if rest else "Cancel this session",
        "session": found,
        "rest": rest,
        "told": will_tell(session, SERIES if rest else ONCE, by=by, at=now),
        "back": _board(found.day),
    }
    return page(request, "cancel", form, context)
