"""Addresses of notices."""

from throughcare.faces.web.notices import views
from throughcare.faces.web.routing import route
from throughcare.pathway.privacy.notices import OFFICERS

ONE = "privacy/notices/<uuid:notice>"

addresses = [
    route("privacy/notices/", views.overview, name="notices", roles=OFFICERS),
    route(f"{ONE}/read", views.mark_read, name="read_notice", methods="POST", roles=OFFICERS),
    route(f"{ONE}/settle", views.settle, name="settle_notice", methods="GET POST", roles=OFFICERS),
]
