"""Addresses of homework."""

from throughcare.faces.web.homework import mine, views
from throughcare.faces.web.routing import route
from throughcare.faces.web.sessions.who import PREPARE

CHART = "patients/<uuid:patient>/skills"

addresses = [
    route(CHART, views.skills, name="skills", roles=PREPARE),
    route(f"{CHART}/new", views.give, name="give_homework", methods="GET POST", roles=PREPARE),
    route(
        f"{CHART}/<uuid:homework>/told", views.told, name="homework_told", methods="GET POST", roles=PREPARE
    ),
    route(
        f"{CHART}/<uuid:homework>/take-back",
        views.take_back,
        name="take_back_homework",
        methods="POST",
        roles=PREPARE,
    ),
    route("my/homework", mine.homework, name="my_homework", roles=("patient", "alumnus")),
    route(
        "my/homework/<uuid:homework>",
        mine.answer,
        name="answer_homework",
        methods="POST",
        roles=("patient",),
    ),
]
