"""Addresses of reception."""

from throughcare.faces.web.front_desk import views
from throughcare.faces.web.routing import route
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.privacy.notices import OFFICERS

addresses = [
    route("front-desk/", views.choose, name="front_desk", roles=STAFF),
    route("front-desk/<slug:situation>", views.situation, name="script", methods="GET POST", roles=STAFF),
    route("privacy/inquiries/", views.overview, name="inquiries", roles=OFFICERS),
]
