"""My week: what is planned and what is mine, day by day; can't come; the way there."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.languages import said
from throughcare.faces.web.once import once
from throughcare.faces.web.own_week.forms import CannotComeForm
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.day import day_of
from throughcare.faces.web.week.answering import attempt
from throughcare.faces.web.week.days import EARLIEST, LATEST, week_links
from throughcare.knowledge.own_week import AGREED
from throughcare.pathway.own_week.cannot_come import say_cannot_come, session_to_miss
from throughcare.pathway.own_week.own_week import own_week, way_to
from throughcare.pathway.own_week.times import own_times
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.timetable.publishing.telling import my_week_notices


def week(request: StaffRequest) -> HttpResponse:
    """My week; `?week=2026-03-09` shows the one of that day."""
    by, now = request.actor, timezone.now()
    asked = day_of(request.GET.get("week", ""))
    if asked is not None and not EARLIEST <= asked <= LATEST:
        asked = None
    found, times = own_week(asked, by=by, at=now), own_times(by=by, at=now)
    context = {
        "week": found,
        "links": week_links(request, found.monday, today=found.today),
        "notices": my_week_notices(by=by),
        "asks": len(times.asks),
        "answered": times.answered,
        "agreed": AGREED,
        "still": True,  # nothing on it asks by itself: a phone on a slow line loads no htmx
    }
    return render(request, "own_week/week.html", context)


@once
def cannot_come(request: StaffRequest, session: UUID) -> HttpResponse:
    """I can't come: why, and then what could make the week whole again."""
    by, now = request.actor, timezone.now()
    found = session_to_miss(session, by=by, at=now)
    form = CannotComeForm(request.POST or None)
    to_tell: list[str] = []

    def act() -> None:
        data = form.cleaned_data
        to_tell.extend(
            say_cannot_come(
                session, own_patient(by=by), reason=data["reason"], words=data["words"], by=by, at=now
            )
        )

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("Thank you for telling us. We no longer expect you there."))
        if to_tell:
            names = ", ".join(to_tell)
            messages.warning(
                request, _("Please tell {names} too: they were to come with you.").format(names=names)
            )
        return redirect(make_ups_of(found.day.isoformat()))
    context = {"form": form, "one": found, "verdict": found.may_say, "why_not": said(_why_not(found.may_say))}
    return render(request, "own_week/cannot_come.html", context, status=422 if form.errors else 200)


def _why_not(verdict: object) -> str:
    return getattr(verdict, "because", "")


def make_ups_of(day: str) -> str:
    """The page of make-ups for the week of a day."""
    return f"{reverse('my_make_ups')}?{urlencode({'week': day})}"


def way_there(request: StaffRequest, session: UUID) -> HttpResponse:
    """How I come to a session: the address, the room, whom to call when I am lost."""
    return render(
        request, "own_week/way_there.html", {"way": way_to(session, by=request.actor, at=timezone.now())}
    )
