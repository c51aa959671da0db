"""The day: one's own sessions first, then the site's, and what earlier days still wait for."""

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.session.cosigning import how_many_wait
from throughcare.pathway.session.today import sessions_today
from throughcare.pathway.timetable.telling import my_week_notices

DAY = timedelta(days=1)
TITLES = (Column("Session"), Column("Where"), Column("Status"))
ATTENDANCE = (Column("Attendance"), Column("Notes"))


def today(request: StaffRequest) -> HttpResponse:
    """A day's sessions; `?day=2026-03-02` shows another one."""
    asked = request.GET
    day, site = day_of(asked.get("day", "")), site_of(asked.get("site", ""))
    page = sessions_today(by=request.actor, at=timezone.now(), day=day, site=site)
    to_cosign = how_many_wait(by=request.actor) if page.is_today else 0
    context = {
        "page": page,
        "to_cosign": to_cosign,
        "week_notices": my_week_notices(by=request.actor) if page.is_today else (),
        "title": f"{page.day:%A, %B} {page.day.day}",
        "above": "Today" if page.is_today else "",
        "others_caption": "Other sessions" if page.mine else "Sessions",
        "columns": (*TITLES, *ATTENDANCE) if page.may_see_attendance else TITLES,
        "places": [(place.title, way_to(day, place.uid), place.is_shown) for place in page.places],
        "site": site,
        "earlier_url": way_to(page.day - DAY, site),
        "later_url": way_to(page.day + DAY, site),
        "today_url": way_to(None, site),
    }
    return render(request, "sessions/today.html", context)


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
