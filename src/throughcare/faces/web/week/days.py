"""The week that an address asks for, and its neighbors."""

from datetime import date, timedelta

from django.http import HttpRequest

from throughcare.knowledge.clinic_calendar import week_of

EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)


def asked_monday(request: HttpRequest, *, today: date) -> date:
    """The Monday of `?week=`; this week when it says nothing or nonsense."""
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = today
    return week_of(day if EARLIEST <= day <= LATEST else today)


def week_links(request: HttpRequest, monday: date, *, today: date) -> dict[str, str]:
    """Addresses of the weeks before and after, and of this one; the filters stay."""
    query = request.GET.copy()

    def link(day: date) -> str:
        query["week"] = day.isoformat()
        return f"?{query.urlencode()}"

    week = timedelta(days=7)
    return {"before": link(monday - week), "after": link(monday + week), "now": link(week_of(today))}
