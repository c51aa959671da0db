"""Addresses of notes kept apart."""

from throughcare.faces.web.notes_apart import views
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that

AUTHORS = roles_that("change", "counseling_note") | roles_that("change", "psychotherapy_note")

addresses = [
    route("patients/<uuid:patient>/notes-apart", views.mine, name="notes_apart", roles=AUTHORS),
    route(
        "patients/<uuid:patient>/notes-apart/new",
        views.write,
        name="new_note_apart",
        methods="GET POST",
        roles=AUTHORS,
    ),
]
