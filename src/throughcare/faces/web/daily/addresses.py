"""Addresses of the daily check-in."""

from throughcare.faces.web.daily import views
from throughcare.faces.web.routing import route

addresses = [
    route("my/check-in", views.today, name="my_daily", methods="GET POST", roles={"patient", "alumnus"}),
    route(
        "my/check-in/questions",
        views.choose,
        name="my_daily_questions",
        methods="GET POST",
        roles={"patient"},
    ),
]
