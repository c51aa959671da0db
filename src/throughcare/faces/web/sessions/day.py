"""The day: one's own sessions first, then the site's, and what earlier days still wait for."""

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.who import PREPARE
from throughcare.faces.web.ways import way
from throughcare.pathway.actor import Actor
from throughcare.pathway.conversation.inbox import how_many_messages_wait
from throughcare.pathway.crisis.desk import desk_counts
from throughcare.pathway.make_up.short_weeks import how_many_fall_short
from throughcare.pathway.medication.board import due_today
from throughcare.pathway.note.cosigning import how_many_wait
from throughcare.pathway.own_week.asks import how_many_ask
from throughcare.pathway.privacy import may_access
from throughcare.pathway.seat.seat_telling import my_seat_words
from throughcare.pathway.session.today import sessions_today
from throughcare.pathway.timetable.publishing.telling import my_week_notices
from throughcare.pathway.worry.queue import how_many_worries_wait

DAY = timedelta(days=1)
TITLES = (Column("Session"), Column("Where"), Column("Status"))
ATTENDANCE = (Column("Attendance"), Column("Notes"))


def today(request: StaffRequest) -> HttpResponse:
    """A day's sessions; `?day=2026-03-02` shows another one."""
    asked = request.GET
    day, site = day_of(asked.get("day", "")), site_of(asked.get("site", ""))
    by, now = request.actor, timezone.now()
    page = sessions_today(by=by, at=now, day=day, site=site)
    to_cosign = how_many_wait(by=request.actor) if page.is_today else 0
    context = {
        "page": page,
        "to_cosign": to_cosign,
        "may_cover": bool(may_access("schedule", by=request.actor, verb="change")),
        "seat_words": my_seat_words(by=by, at=now) if page.is_today else (),
        "may_see_short": page.is_today and bool(may_access("make_up", by=by)),
        "asks_of_weeks": how_many_ask(by=by) if page.is_today else 0,
        "fall_short": how_many_fall_short(by=by, at=now) if page.is_today else 0,
        "week_notices": my_week_notices(by=request.actor) if page.is_today else (),
        "crises": desk_counts(by=by, at=now) if page.is_today else None,
        "conversations": how_many_messages_wait(by=by, at=now) if page.is_today else None,
        "worries": how_many_worries_wait(by=by) if page.is_today else 0,
        "medications": due_today(by=by, at=now) if page.is_today else None,
        "title": f"{page.day:%A, %B} {page.day.day}",
        "above": "Today" if page.is_today else "",
        "others_caption": "Other sessions" if page.mine else "Sessions",
        "columns": (*TITLES, *ATTENDANCE) if page.may_see_attendance else TITLES,
        "places": [(place.title, way_to(day, place.uid), place.is_shown) for place in page.places],
        "site": site,
        "earlier_url": way_to(page.day - DAY, site),
        "later_url": way_to(page.day + DAY, site),
        "today_url": way_to(None, site),
        "sheet_url": _sheet_url(page.day, by=request.actor) if page.mine else "",
        "may_prepare": request.actor.holds(*PREPARE),
    }
    return render(request, "sessions/today.html", context)


def _sheet_url(day: date, *, by: Actor) -> str:
    """The way to one's own sessions of a day on paper, for those who prepare sessions."""
    sheet = way("day_sheet", by=by)
    return f"{sheet}?print=1&day={day:%Y-%m-%d}" if sheet else ""


def way_to(day: date | None, site: UUID | None) -> str:
    """The address of a day at a site; without either, today at one's own."""
    wanted = {"day": day, "site": site}
    return "?" + urlencode({name: value for name, value in wanted.items() if value})


def site_of(text: str) -> UUID | None:
    """The site that the address asks for; None for none and for what is no public id."""
    try:
        return UUID(text)
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """The day that the address asks for; None for none and for what is no day or at the edge of time."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 9000 else None
