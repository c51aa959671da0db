"""Addresses of the boards."""

from throughcare.faces.web.boards import director, views
from throughcare.faces.web.routing import route
from throughcare.knowledge.roles import OPENS_CHARTS

addresses = [
    route("census/", views.census_page, name="census", roles=OPENS_CHARTS - {"biller", "compliance"}),
    route("patients/<uuid:patient>/", views.patient, name="patient", roles=OPENS_CHARTS),
    route("numbers/", director.director, name="director", roles=("director", "clinician", "compliance")),
]
