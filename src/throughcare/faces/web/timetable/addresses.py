"""Addresses of the timetable. Who plans weeks is stated once, in `pathway/timetable/planners.py`."""

from throughcare.faces.web.routing import route
from throughcare.faces.web.timetable import plans, publishing, questions, runs
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.timetable.planners import PLANNERS

BOTH = "GET POST"
RUN, PLAN = "timetable/runs/<uuid:run>", "timetable/plans/<uuid:plan>"
PUBLISHED = "timetable/published/<uuid:publication>"
# Who may tell a person that their own week changed: who may change it.
TELLS = {"admissions", "clinician", "case_manager", "prescriber", "director"}

addresses = [
    route("timetable/", runs.timetable, name="timetable", methods=BOTH, roles=PLANNERS),
    route(f"{RUN}/", runs.whole, name="timetable_run", roles=PLANNERS),
    route(f"{RUN}/progress", runs.progress, name="timetable_progress", roles=PLANNERS),
    route(f"{RUN}/stop", runs.stop, name="stop_run", methods="POST", roles=PLANNERS),
    route(f"{RUN}/again", runs.again, name="start_run_again", methods="POST", roles=PLANNERS),
    route("timetable/repair", questions.repair, name="repair_week", methods=BOTH, roles=PLANNERS),
    route("timetable/what-if", questions.what_if, name="what_if", methods=BOTH, roles=PLANNERS),
    route(f"{PLAN}/what-if", questions.what_if_of_plan, name="what_if_of_plan", methods=BOTH, roles=PLANNERS),
    route("timetable/compare", plans.compare, name="compare_plans", roles=PLANNERS),
    route(f"{PLAN}/", plans.plan, name="timetable_plan", roles=PLANNERS),
    route(f"{PLAN}/groups/<str:slot>", plans.group, name="timetable_group", methods=BOTH, roles=PLANNERS),
    route(f"{PLAN}/people/<uuid:person>", plans.person, name="timetable_person", roles=PLANNERS),
    route(f"{PLAN}/publish", publishing.publish, name="publish_plan", methods=BOTH, roles=PLANNERS),
    route("timetable/published/", publishing.published, name="publications", roles=PLANNERS),
    route(f"{PUBLISHED}/", publishing.publication, name="publication", roles=PLANNERS),
    route(
        f"{PUBLISHED}/notices/<uuid:notice>/told",
        publishing.told,
        name="told_of_week",
        methods="POST",
        roles=PLANNERS,
    ),
    route(
        "patients/<uuid:patient>/week/notices/<uuid:notice>/told",
        publishing.told_at_week,
        name="told_at_week",
        methods="POST",
        roles=TELLS,
    ),
    route(
        "my/week/<uuid:notice>/read",
        publishing.hear,
        name="heard_of_week",
        methods="POST",
        roles=STAFF | {"patient"},
    ),
]
