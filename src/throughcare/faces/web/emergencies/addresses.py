"""Addresses of emergencies and of guards."""

from throughcare.faces.web.emergencies import guarding, reviewing, views
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import TREATING
from throughcare.pathway.privacy.guards import MAY_GUARD
from throughcare.pathway.privacy.notices import OFFICERS

ONE = "privacy/emergencies/<uuid:emergency>"
PATIENT = "patients/<uuid:patient>"
TELLING = TREATING & roles_that("change", "disclosure")

addresses = [
    route(f"{PATIENT}/emergency", views.glass, name="break_glass", methods="GET POST", roles=TREATING),
    route(
        f"{PATIENT}/told-in-emergency",
        views.tell,
        name="tell_in_emergency",
        methods="GET POST",
        roles=TELLING,
    ),
    route("privacy/emergencies/", reviewing.overview, name="emergencies", roles=TREATING | OFFICERS),
    route(ONE, reviewing.one, name="emergency", roles=TREATING | OFFICERS),
    route(f"{ONE}/record", views.record, name="emergency_record", roles=TREATING),
    route(f"{ONE}/end", views.end, name="end_emergency", methods="POST", roles=TREATING | OFFICERS),
    route(f"{ONE}/review", reviewing.review, name="review_emergency", methods="GET POST", roles=OFFICERS),
    route(f"{PATIENT}/guard", guarding.guard, name="guard", methods="GET POST", roles=MAY_GUARD),
    route(f"{PATIENT}/guard/lift", guarding.lift, name="lift_guard", methods="POST", roles=MAY_GUARD),
]
