"""Addresses of discharges and of aftercare."""

from throughcare.faces.web.discharges import aftercare, contact_attempts, views
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that

SIGNING = ("clinician", "director", "prescriber")
FOLLOWING = (*SIGNING, "case_manager")
READING = (*FOLLOWING, "facilitator", "nurse", "reviewer")
# A file leaves the house: those who may write in the disclosure book.
HANDING_OVER = roles_that("change", "disclosure") & set(READING)

addresses = [
    route(
        "patients/<uuid:patient>/discharge",
        views.discharge,
        name="discharge",
        methods="GET POST",
        roles=FOLLOWING,
    ),
    route(
        "patients/<uuid:patient>/contact-attempts",
        contact_attempts.contact_attempts,
        name="contact_attempts",
        methods="GET POST",
        roles=(*FOLLOWING, "facilitator", "nurse"),
    ),
    route("episodes/<uuid:episode>/summary", views.summary, name="discharge_summary", roles=READING),
    route("episodes/<uuid:episode>/summary.pdf", views.summary_pdf, name="discharge_pdf", roles=HANDING_OVER),
    route(
        "episodes/<uuid:episode>/aftercare/new",
        aftercare.plan,
        name="new_aftercare",
        methods="GET POST",
        roles=FOLLOWING,
    ),
    route("aftercare/", aftercare.visits, name="aftercare", roles=READING),
    route(
        "aftercare/<uuid:visit>/outcome",
        aftercare.record,
        name="aftercare_outcome",
        methods="POST",
        roles=FOLLOWING,
    ),
]
