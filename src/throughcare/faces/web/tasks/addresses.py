"""Addresses of tasks and of referrals out."""

from throughcare.faces.web.routing import route
from throughcare.faces.web.tasks import board, referrals, views
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF

READING = STAFF & roles_that("see", "task")
WRITING = STAFF & roles_that("change", "task")
REFERRING = STAFF & roles_that("change", "referral_out")
CHART = "patients/<uuid:patient>/tasks"
ONE = f"{CHART}/<uuid:task>"
OUT = "patients/<uuid:patient>/referrals-out"
BOTH = "GET POST"

addresses = [
    route("tasks/", board.board, name="tasks", roles=READING),
    route(f"{CHART}/", views.tasks, name="patient_tasks", roles=READING),
    route(f"{CHART}/new", views.new, name="new_task", methods=BOTH, roles=WRITING),
    route(ONE, views.task, name="task", roles=READING),
    route(f"{ONE}/steps", views.add_step, name="add_task_step", methods="POST", roles=WRITING),
    route(f"{ONE}/steps/<uuid:step>", views.step, name="finish_task_step", methods="POST", roles=WRITING),
    route(f"{ONE}/hand-over", views.hand_over, name="hand_over_task", methods=BOTH, roles=WRITING),
    route(f"{ONE}/end", views.end, name="end_task", methods=BOTH, roles=WRITING),
    route(f"{OUT}/new", referrals.new, name="new_referral_out", methods=BOTH, roles=REFERRING),
    route(f"{OUT}/<uuid:referral>", referrals.referral, name="referral_out", roles=READING),
    route(
        f"{OUT}/<uuid:referral>/prepare",
        referrals.prepare,
        name="prepare_referral_out",
        methods="POST",
        roles=REFERRING,
    ),
    route(
        f"{OUT}/<uuid:referral>/known",
        referrals.known,
        name="referral_out_step",
        methods=BOTH,
        roles=REFERRING,
    ),
]
