"""Addresses of slip risk: for those who treat, and for nobody else."""

from throughcare.faces.web.routing import route
from throughcare.faces.web.slip_risk import views
from throughcare.knowledge.privacy import roles_that

READS, SWITCHES = roles_that("see", "slip_risk"), roles_that("change", "slip_risk")

addresses = [
    route("slip-risk/", views.slip_risk, name="slip_risk", roles=READS),
    route("slip-risk/model", views.slip_model, name="slip_model", roles=READS),
    route("slip-risk/feedback", views.feedback, name="slip_feedback", methods="POST", roles=READS),
    route("slip-risk/switch", views.switch, name="slip_switch", methods="POST", roles=SWITCHES),
]
