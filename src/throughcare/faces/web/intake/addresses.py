"""Addresses of the intake."""

from throughcare.faces.web.intake import assessing, patient_part, rating, sections
from throughcare.faces.web.routing import public, route
from throughcare.knowledge.roles import TREATING

READS = TREATING | {"reviewer"}
WRITES = {"clinician", "nurse", "prescriber", "director"}

addresses = [
    public("intake/<str:token>", patient_part.start, name="intake"),
    public("intake/<str:token>/thanks", patient_part.thanks, name="intake_thanks"),
    public("intake/<str:token>/help-now", patient_part.help_now, name="intake_help_now"),
    public("intake/<str:token>/<slug:page>", patient_part.page, name="intake_page", methods="GET POST"),
    route("assessments/<uuid:assessment>/", assessing.overview, name="assessment", roles=READS),
    route(
        "assessments/<uuid:assessment>/invitation",
        assessing.invite,
        name="intake_invitation",
        methods="POST",
        roles=WRITES,
    ),
    route(
        "assessments/<uuid:assessment>/kiosk-code",
        assessing.kiosk_code,
        name="intake_kiosk_code",
        methods="POST",
        roles=WRITES,
    ),
    route(
        "assessments/<uuid:assessment>/signature",
        assessing.sign,
        name="sign_assessment",
        methods="POST",
        roles=WRITES,
    ),
    route(
        "assessments/<uuid:assessment>/sections/<slug:section>",
        sections.section,
        name="assessment_section",
        methods="GET POST",
        roles=READS,
    ),
    route(
        "assessments/<uuid:assessment>/domains/<slug:domain>",
        rating.rate,
        name="assessment_domain",
        methods="GET POST",
        roles=READS,
    ),
    route(
        "assessments/<uuid:assessment>/measures/<slug:code>",
        sections.instrument,
        name="assessment_measure",
        methods="GET POST",
        roles=READS,
    ),
]
