"""Addresses of the plans that are in the person's words."""

from throughcare.faces.web.routing import route
from throughcare.faces.web.safety_plans import mine, views
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF

READING = STAFF & roles_that("see", "safety_plan")
WRITING = STAFF & roles_that("change", "safety_plan")
OWN = ("patient", "alumnus")
CHART = "patients/<uuid:patient>/safety"
ONE = f"{CHART}/<slug:kind>"
MINE = "my/safety-plan"

addresses = [
    route(CHART, views.safety, name="patient_safety", roles=READING, always_readable=True),
    route(f"{ONE}/write", views.write, name="write_own_plan", methods="GET POST", roles=WRITING),
    route(f"{ONE}/read-again", views.read_again, name="read_own_plan", methods="GET POST", roles=WRITING),
    route(f"{ONE}/print", views.on_paper, name="print_own_plan", roles=READING, always_readable=True),
    route(f"{ONE}/versions/<int:number>", views.version, name="own_plan_version", roles=READING),
    route(MINE, mine.plans, name="my_safety_plan", roles=OWN, always_readable=True),
    route(
        f"{MINE}/<slug:kind>/write", mine.write, name="write_my_plan", methods="GET POST", roles=("patient",)
    ),
    route(
        f"{MINE}/<slug:kind>/read-again",
        mine.read_again,
        name="read_my_plan",
        methods="POST",
        roles=("patient",),
    ),
    route(f"{MINE}/<slug:kind>/print", mine.on_paper, name="print_my_plan", roles=OWN, always_readable=True),
]
