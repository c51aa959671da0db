"""Addresses of letters."""

from throughcare.faces.web.letters import views
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF

WRITING = STAFF & roles_that("change", "disclosure") & roles_that("change", "attendance")
CHART = "patients/<uuid:patient>/letters"

addresses = [route(CHART, views.letters, name="letters", methods="GET POST", roles=WRITING)]
