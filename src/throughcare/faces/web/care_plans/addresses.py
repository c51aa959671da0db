"""Addresses of care plans and their reviews."""

from throughcare.faces.web.care_plans import lines, reading, reviewing, signing
from throughcare.faces.web.routing import route

WRITING = ("clinician", "director", "prescriber")
READING = (*WRITING, "facilitator", "case_manager", "nurse", "reviewer")

PLAN = "patients/<uuid:patient>/plan"
VERSION = "plans/<uuid:version>"

addresses = [
    route(PLAN, reading.care_plan, name="care_plan", roles=READING),
    route(f"{PLAN}/start", reading.start, name="start_plan", methods="POST", roles=WRITING),
    route(f"{PLAN}/review", reviewing.review, name="plan_review", methods="GET POST", roles=READING),
    route(f"{PLAN}/reviews/<uuid:review>", reviewing.held, name="held_review", roles=READING),
    route(VERSION, reading.version, name="plan_version", roles=READING),
    route(f"{VERSION}/print", reading.printed, name="plan_print", roles=READING),
    route(f"{VERSION}/edit", reading.edit, name="edit_plan", roles=WRITING),
    route(f"{VERSION}/discard", reading.discard, name="discard_plan", methods="POST", roles=WRITING),
    route(
        f"{VERSION}/own-goals/<uuid:goal>",
        reading.take_up,
        name="take_up_goal",
        methods="POST",
        roles=WRITING,
    ),
    route(f"{VERSION}/rewrite", reading.rewrite, name="rewrite_plan", methods="POST", roles=WRITING),
    route(f"{VERSION}/dose", lines.dose, name="plan_dose", methods="GET POST", roles=WRITING),
    route(f"{VERSION}/mix", lines.mix, name="plan_mix", methods="POST", roles=WRITING),
    route(
        f"{VERSION}/lines/<slug:kind>/new", lines.add, name="add_plan_line", methods="GET POST", roles=WRITING
    ),
    route(
        f"{VERSION}/lines/<slug:kind>/<uuid:line>",
        lines.change,
        name="plan_line",
        methods="GET POST",
        roles=WRITING,
    ),
    route(
        f"{VERSION}/lines/<slug:kind>/<uuid:line>/remove",
        lines.remove,
        name="remove_plan_line",
        methods="POST",
        roles=WRITING,
    ),
    route(f"{VERSION}/sign/<slug:party>", signing.sign, name="sign_plan", methods="GET POST", roles=WRITING),
]
