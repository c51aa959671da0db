"""Addresses of measures."""

from throughcare.faces.web.measures import tier, views
from throughcare.faces.web.routing import route
from throughcare.knowledge.roles import TREATING

addresses = [
    route(
        "patients/<uuid:patient>/measures/", views.measures, name="measures", roles=TREATING | {"reviewer"}
    ),
    route(
        "patients/<uuid:patient>/measures/new",
        views.new_measure,
        name="new_measure",
        methods="GET POST",
        roles=TREATING,
    ),
    route(
        "patients/<uuid:patient>/measures/<uuid:measure>/correction",
        views.correct,
        name="correct_measure",
        methods="GET POST",
        roles=TREATING,
    ),
    route("patients/<uuid:patient>/tier", tier.tier, name="tier", roles=TREATING | {"reviewer"}),
    route(
        "patients/<uuid:patient>/tier/lower",
        tier.lower,
        name="lower_tier",
        methods="POST",
        roles={"clinician", "prescriber", "director"},
    ),
    route(
        "patients/<uuid:patient>/tier/<uuid:lowering>",
        tier.answer,
        name="answer_lowering",
        methods="POST",
        roles={"director"},
    ),
]
