"""Addresses of the level-of-care watch."""

from throughcare.faces.web.level_watch import views
from throughcare.faces.web.progress.addresses import DECIDING, READING
from throughcare.faces.web.routing import route

addresses = [
    route("level-watch/", views.watch, name="level_watch", roles=READING),
    route(
        "patients/<uuid:patient>/level-hold",
        views.hold,
        name="level_hold",
        methods="GET POST",
        roles=DECIDING,
    ),
    route(
        "level-watch/holds/<uuid:hold>/give-back",
        views.give_back,
        name="give_back_level_hold",
        methods="POST",
        roles=DECIDING,
    ),
]
