"""Addresses of hours and seats."""

from throughcare.faces.web.routing import route
from throughcare.faces.web.seats import lines, mine, short
from throughcare.faces.web.sessions.who import MAKE_UP
from throughcare.faces.web.week.addresses import CHANGES
from throughcare.knowledge.roles import STAFF

IN_CARE = {"patient"}

addresses = [
    route("my/hours", mine.hours, name="my_hours", roles=("patient", "alumnus")),
    route("my/make-ups", mine.make_ups, name="my_make_ups", methods="GET POST", roles=IN_CARE),
    route("my/make-ups/none", mine.decline, name="decline_make_ups", methods="POST", roles=IN_CARE),
    route(
        "my/make-ups/<uuid:session>/answer", mine.answer, name="answer_seat", methods="POST", roles=IN_CARE
    ),
    route(
        "my/make-ups/<uuid:session>/wait-no-longer",
        mine.leave_line,
        name="leave_own_line",
        methods="POST",
        roles=IN_CARE,
    ),
    route("seats/<uuid:notice>/read", mine.hear, name="heard_of_seat", methods="POST", roles=STAFF | IN_CARE),
    route("short-weeks/", short.weeks, name="short_weeks", roles=MAKE_UP),
    route("short-weeks/offer", short.offer, name="offer_short_weeks", methods="GET POST", roles=MAKE_UP),
    route("sessions/<uuid:session>/line", lines.of_session, name="session_line", roles=MAKE_UP),
    route(
        "sessions/<uuid:session>/line/<uuid:patient>",
        lines.change,
        name="change_session_line",
        methods="POST",
        roles=MAKE_UP,
    ),
    route(
        "groups/<uuid:group>/line/<uuid:wait>/end",
        lines.end_group_wait,
        name="end_group_wait",
        methods="POST",
        roles=CHANGES,
    ),
]
