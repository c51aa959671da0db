"""Addresses of curricula: the library, what a group follows, what a session is about."""

from throughcare.faces.web.curricula import views
from throughcare.faces.web.routing import route
from throughcare.faces.web.sessions.who import PREPARE
from throughcare.knowledge.roles import STAFF

LIBRARY = STAFF - {"front_desk", "biller", "compliance"}

addresses = [
    route("curricula/", views.curricula, name="curricula", roles=LIBRARY),
    route("curricula/<slug:curriculum>", views.curriculum, name="curriculum", roles=LIBRARY),
    route(
        "groups/<uuid:group>/curricula",
        views.of_group,
        name="group_curricula",
        methods="GET POST",
        roles={"admin", "director", "clinician"},
    ),
    route(
        "sessions/<uuid:session>/topic",
        views.of_session,
        name="session_topic",
        methods="GET POST",
        roles=PREPARE,
    ),
]
