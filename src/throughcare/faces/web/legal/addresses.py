"""Addresses of legal requests."""

from throughcare.faces.web.legal import views
from throughcare.faces.web.routing import route
from throughcare.pathway.privacy.notices import OFFICERS

ONE = "privacy/legal/<uuid:paper>"

addresses = [
    route("privacy/legal/", views.overview, name="legal_requests", roles=OFFICERS),
    route("privacy/legal/new", views.new, name="new_legal_request", methods="GET POST", roles=OFFICERS),
    route(ONE, views.one, name="legal_request", roles=OFFICERS),
    route(f"{ONE}/scope", views.scope, name="legal_scope", methods="GET POST", roles=OFFICERS),
    route(f"{ONE}/document", views.document, name="legal_document", methods="GET POST", roles=OFFICERS),
    route(f"{ONE}/decide", views.decision, name="legal_decision", methods="GET POST", roles=OFFICERS),
    route(f"{ONE}/letter", views.letter, name="legal_letter", roles=OFFICERS),
    route(f"{ONE}/letter.pdf", views.letter_pdf, name="legal_letter_pdf", roles=OFFICERS),
]
