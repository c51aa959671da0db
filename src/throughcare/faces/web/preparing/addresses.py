"""Addresses of what is prepared."""

from throughcare.faces.web.preparing import views
from throughcare.faces.web.routing import route
from throughcare.faces.web.sessions.who import PREPARE

addresses = [
    route("sessions/<uuid:session>/prepare", views.prepare, name="prepare_session", roles=PREPARE),
    route(
        "sessions/<uuid:session>/homework",
        views.give_to_all,
        name="give_topic_homework",
        methods="POST",
        roles=PREPARE,
    ),
    route("today/sheet", views.day_sheet, name="day_sheet", roles=PREPARE),
]
