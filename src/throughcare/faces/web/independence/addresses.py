"""Addresses of a person's path and of their handover."""

from throughcare.faces.web.independence import views
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF

OWN = ("patient", "alumnus")
READING = (
    STAFF
    & roles_that("see", "safety_plan")
    & roles_that("see", "medication")
    & roles_that("see", "discharge")
)

addresses = [
    route("my/path", views.path, name="my_path", roles=OWN),
    route("my/handover", views.handover, name="my_handover", roles=OWN),
    route("my/handover.pdf", views.handover_pdf, name="my_handover_pdf", roles=OWN),
    route("patients/<uuid:patient>/handover", views.for_patient, name="patient_handover", roles=READING),
    route(
        "patients/<uuid:patient>/handover.pdf",
        views.for_patient_pdf,
        name="patient_handover_pdf",
        roles=READING,
    ),
]
