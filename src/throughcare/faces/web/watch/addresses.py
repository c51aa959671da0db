"""Addresses of the watch."""

from throughcare.faces.web.routing import route
from throughcare.faces.web.watch import acting, fatigue, life_events, views
from throughcare.knowledge.roles import TREATING

BOTH = "GET POST"

addresses = [
    route("watch/", views.watch, name="watch", roles=TREATING),
    route("watch/signs", fatigue.alert_fatigue_page, name="alert_fatigue", roles=TREATING),
    route("watch/<uuid:sign>/<slug:act>", acting.act, name="act_on_sign", methods=BOTH, roles=TREATING),
    route("patients/<uuid:patient>/signs", views.person, name="patient_signs", roles=TREATING),
    route(
        "patients/<uuid:patient>/life-events",
        life_events.record,
        name="life_event",
        methods=BOTH,
        roles=TREATING,
    ),
    route(
        "patients/<uuid:patient>/life-events/<uuid:event>/take-back",
        life_events.take_back,
        name="take_back_life_event",
        methods="POST",
        roles=TREATING,
    ),
]
