"""Addresses of progress and of steps between levels."""

from throughcare.faces.web.progress import stepping, views
from throughcare.faces.web.routing import route

DECIDING = ("clinician", "director", "prescriber")
READING = (*DECIDING, "facilitator", "case_manager", "nurse", "reviewer")

addresses = [
    route("patients/<uuid:patient>/progress", views.progress, name="progress", roles=READING),
    route("patients/<uuid:patient>/step", stepping.step, name="step", methods="GET POST", roles=READING),
]
