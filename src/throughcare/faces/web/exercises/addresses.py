"""Addresses of guided exercises and of the practice log."""

from throughcare.faces.web.exercises import log, views
from throughcare.faces.web.routing import route

OWN = ("patient", "alumnus")

addresses = [
    route("my/exercises", views.exercises, name="my_exercises", roles=OWN),
    route("my/exercises/<slug:exercise>", views.exercise, name="my_exercise", methods="GET POST", roles=OWN),
    route("my/practice", log.practice, name="my_practice", methods="GET POST", roles=OWN),
    route("my/practice/<uuid:practice>", log.more, name="my_practice_more", methods="POST", roles=OWN),
    route(
        "my/practice/<uuid:practice>/take-back",
        log.take_back,
        name="take_back_practice",
        methods="POST",
        roles=OWN,
    ),
]
