"""Addresses of people close to a patient."""

from throughcare.faces.web.family import views
from throughcare.faces.web.routing import route

addresses = [
    route("family/", views.family, name="family", roles=("family",)),
    route("family/<uuid:patient>", views.person, name="family_person", roles=("family",)),
    route("family/<uuid:patient>/still", views.still, name="family_still", roles=("family",)),
    route("family/lessons/<slug:lesson>", views.lesson, name="family_lesson", roles=("family",)),
    route(
        "family/lessons/<slug:lesson>/done",
        views.lesson_done,
        name="family_lesson_done",
        methods="POST",
        roles=("family",),
    ),
]
