"""Addresses of questionnaires answered one question at a time."""

from throughcare.faces.web.questionnaires import aloud, by_link, own, wording
from throughcare.faces.web.routing import public, route
from throughcare.knowledge.roles import TREATING

OWN = {"patient", "alumnus"}
MINE = "my/questionnaires/<uuid:asked>"
LINK = "q/<str:token>"
ONE = "patients/<uuid:patient>/measures"

addresses = [
    route(MINE, own.questionnaire, name="my_questionnaire", roles=OWN),
    route(f"{MINE}/done", own.done, name="my_questionnaire_done", roles=OWN),
    route(f"{MINE}/<slug:name>", own.question, name="my_question", methods="GET POST", roles=OWN),
    public(LINK, by_link.start, name="questions"),
    public(f"{LINK}/<uuid:asked>", by_link.questionnaire, name="questions_of"),
    public(f"{LINK}/<uuid:asked>/done", by_link.done, name="questions_done"),
    public(f"{LINK}/<uuid:asked>/<slug:name>", by_link.question, name="questions_one", methods="GET POST"),
    route(f"{ONE}/requests", aloud.asking, name="measure_requests", roles=TREATING),
    route(f"{ONE}/requests/new", aloud.ask, name="ask_measure", methods="POST", roles=TREATING),
    route(f"{ONE}/link", aloud.link, name="measure_link", methods="POST", roles=TREATING),
    route(f"{ONE}/kiosk-code", aloud.kiosk_code, name="measure_kiosk_code", methods="POST", roles=TREATING),
    route(f"{ONE}/aloud/<slug:code>", aloud.questionnaire, name="aloud", roles=TREATING),
    route(
        f"{ONE}/aloud/<slug:code>/<slug:name>",
        aloud.question,
        name="aloud_question",
        methods="GET POST",
        roles=TREATING,
    ),
    route(
        "clinic/wordings/<slug:code>",
        wording.enter,
        name="wording",
        methods="GET POST",
        roles={"admin", "director"},
    ),
]
