"""Addresses of placement."""

from throughcare.faces.web.placement import views
from throughcare.faces.web.routing import route

addresses = [
    route(
        "assessments/<uuid:assessment>/placement",
        views.placement,
        name="placement",
        methods="GET POST",
        roles={
            "admissions",
            "clinician",
            "facilitator",
            "case_manager",
            "nurse",
            "prescriber",
            "reviewer",
            "director",
        },
    ),
]
