"""Addresses of notes kept apart."""

from throughcare.faces.web.notes_apart import release, views
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that

AUTHORS = roles_that("change", "counseling_note") | roles_that("change", "psychotherapy_note")

RELEASING = AUTHORS & roles_that("change", "disclosure") & roles_that("change", "consent")

addresses = [
    route(
        "patients/<uuid:patient>/notes-apart/release",
        release.release,
        name="release_notes_apart",
        methods="GET POST",
        roles=RELEASING,
    ),
    route("patients/<uuid:patient>/notes-apart", views.mine, name="notes_apart", roles=AUTHORS),
    route(
        "patients/<uuid:patient>/notes-apart/new",
        views.write,
        name="new_note_apart",
        methods="GET POST",
        roles=AUTHORS,
    ),
]
