"""Addresses of admission."""

from throughcare.faces.web.admission import admitting, agreeing, diagnosing, team
from throughcare.faces.web.routing import route

ADMITTING = ("admissions", "clinician", "director", "prescriber")
READING = (*ADMITTING, "facilitator", "case_manager", "nurse", "reviewer", "compliance")
DIAGNOSING = ("clinician", "director", "prescriber")
CHART = (*DIAGNOSING, "facilitator", "case_manager", "nurse", "reviewer", "biller")

HOME = "patients/<uuid:patient>/admission"

addresses = [
    route(
        "assessments/<uuid:assessment>/admission",
        admitting.admit,
        name="admit",
        methods="GET POST",
        roles=ADMITTING,
    ),
    route(HOME, admitting.admission, name="admission", roles=READING),
    route(
        f"{HOME}/agreements/<slug:kind>",
        agreeing.agreement,
        name="agreement",
        methods="GET POST",
        roles=READING,
    ),
    route(f"{HOME}/agreements/<slug:kind>/print", agreeing.printed, name="agreement_print", roles=READING),
    route(f"{HOME}/diagnoses", diagnosing.diagnoses, name="diagnoses", methods="GET POST", roles=CHART),
    route(
        f"{HOME}/diagnoses/<uuid:diagnosis>/rank",
        diagnosing.rank,
        name="rank_diagnosis",
        methods="POST",
        roles=DIAGNOSING,
    ),
    route(
        f"{HOME}/diagnoses/<uuid:diagnosis>/end",
        diagnosing.end,
        name="end_diagnosis",
        methods="POST",
        roles=DIAGNOSING,
    ),
    route(f"{HOME}/care-team", team.care_team, name="care_team", methods="GET POST", roles=ADMITTING),
]
