"""Addresses of exports of the whole clinic."""

from throughcare.faces.web.clinic_export import views
from throughcare.faces.web.routing import route
from throughcare.pathway.clinic_export.asking import ANSWER, ASK

addresses = [
    route("clinic/export/", views.overview, name="clinic_exports", roles=ANSWER),
    route("clinic/export/new", views.new, name="new_clinic_export", methods="GET POST", roles=ASK),
    route(
        "clinic/export/<uuid:export>/answer",
        views.answer,
        name="answer_clinic_export",
        methods="GET POST",
        roles=ANSWER,
    ),
]
