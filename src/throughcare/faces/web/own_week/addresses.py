"""Addresses of a person's own week."""

from throughcare.faces.web.own_week import asks, calendar, times, week
from throughcare.faces.web.routing import public, route
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF

IN_CARE = ("patient",)
OWN = ("patient", "alumnus")
ANSWERS = STAFF & roles_that("change", "own_week")

addresses = [
    route("my/week", week.week, name="my_week", roles=IN_CARE),
    route(
        "my/sessions/<uuid:session>/cannot-come",
        week.cannot_come,
        name="cannot_come",
        methods="GET POST",
        roles=IN_CARE,
    ),
    route("my/sessions/<uuid:session>/way", week.way_there, name="way_there", roles=IN_CARE),
    route("my/times", times.times, name="my_times", roles=IN_CARE),
    route("my/times/new", times.add, name="add_own_time", methods="GET POST", roles=IN_CARE),
    route("my/times/wishes", times.wishes, name="own_wishes", methods="GET POST", roles=IN_CARE),
    route("my/times/<uuid:commitment>/end", times.end, name="end_own_time", methods="POST", roles=IN_CARE),
    route(
        "my/times/asks/<uuid:ask>/take-back",
        times.take_back,
        name="take_ask_back",
        methods="POST",
        roles=IN_CARE,
    ),
    route("my/calendars", calendar.calendars, name="my_calendars", roles=OWN),
    route("my/calendars/new", calendar.new, name="new_calendar", methods="GET POST", roles=OWN),
    route("my/calendars/<uuid:feed>/end", calendar.end, name="end_calendar", methods="POST", roles=OWN),
    public("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
    route("week/asks/", asks.asks, name="week_asks", roles=ANSWERS),
    route("week/asks/<uuid:ask>", asks.answer, name="answer_week_ask", methods="GET POST", roles=ANSWERS),
]
