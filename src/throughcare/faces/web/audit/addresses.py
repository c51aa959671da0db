"""Addresses of the book of accesses."""

from throughcare.faces.web.audit import views
from throughcare.faces.web.routing import route

AUDITORS = {"compliance", "director"}
OWN = {"patient", "alumnus"}

addresses = [
    route("privacy/accesses/", views.log_page, name="access_log", roles=AUDITORS),
    route("privacy/accesses.csv", views.log_csv, name="access_log_csv", roles=AUDITORS),
    route("patients/<uuid:patient>/seen-by", views.seen_by, name="seen_by", roles=AUDITORS),
    route("my/seen-by", views.my_seen_by, name="my_seen_by", roles=OWN),
]
