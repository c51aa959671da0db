"""Addresses of the patient's own pages."""

from throughcare.faces.web.consents import reaching
from throughcare.faces.web.my_pages import letting_in, views
from throughcare.faces.web.routing import route

OWN = ("patient", "alumnus")
ONE = "my/consents/<uuid:consent>"

addresses = [
    route("my/privacy", views.my_privacy_page, name="my_privacy", roles=OWN),
    route(ONE, views.my_consent, name="my_consent", roles=OWN),
    route(f"{ONE}/questions", views.questions, name="my_questions", methods="GET POST", roles=OWN),
    route(f"{ONE}/sign", views.sign, name="my_signature", methods="GET POST", roles=OWN),
    route(f"{ONE}/take-back", views.take_back, name="my_take_back", methods="GET POST", roles=OWN),
    route("my/safe-ways", reaching.my_own, name="my_safe_ways", methods="GET POST", roles=OWN),
    route("my/people/new", letting_in.begin, name="my_let_in", methods="GET POST", roles=OWN),
    route(
        "my/people/<uuid:related>/invitation",
        letting_in.invite,
        name="my_invitation",
        methods="GET POST",
        roles=OWN,
    ),
    route("my/people/<uuid:related>/shut-out", views.shut_out, name="my_shut_out", methods="POST", roles=OWN),
]
