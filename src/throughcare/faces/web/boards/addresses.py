"""Addresses of the boards."""

from throughcare.faces.web.boards import director, views
from throughcare.faces.web.routing import route
from throughcare.knowledge.roles import STAFF

addresses = [
    route("census/", views.census_page, name="census", roles=STAFF - {"admin", "biller", "compliance"}),
    route("patients/<uuid:patient>/", views.patient, name="patient", roles=STAFF - {"admin"}),
    route("numbers/", director.director, name="director", roles=("director", "clinician", "compliance")),
]
