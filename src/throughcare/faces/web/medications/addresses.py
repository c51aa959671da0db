"""Addresses of medications."""

from throughcare.faces.web.medications import changing, checking, mine, telling, views
from throughcare.faces.web.medications.who import CHANGE, GIVE, OWN, SEE, WORK
from throughcare.faces.web.routing import route

CHART = "patients/<uuid:patient>/medications"
ONE = f"{CHART}/<uuid:medication>"
BOTH = "GET POST"

addresses = [
    route("medications/", views.due, name="medications_due", roles=WORK),
    route(CHART, views.medications, name="medications", roles=SEE),
    route(f"{CHART}/list", views.paper, name="medication_list", roles=SEE),
    route(f"{CHART}/new", changing.start, name="start_medication", methods=BOTH, roles=CHANGE),
    route(f"{CHART}/reconcile", telling.go_through, name="reconcile", methods=BOTH, roles=CHANGE),
    route(f"{CHART}/answer", checking.answer, name="answer_interaction", methods="POST", roles=GIVE),
    route(f"{CHART}/allergies", checking.allergies, name="allergies", methods=BOTH, roles=CHANGE),
    route(
        f"{CHART}/allergies/<uuid:allergy>/end",
        checking.end,
        name="end_allergy",
        methods="POST",
        roles=CHANGE,
    ),
    route(f"{CHART}/naloxone", checking.naloxone, name="naloxone", methods=BOTH, roles=CHANGE),
    route(f"{CHART}/pdmp", checking.pdmp, name="pdmp_check", methods=BOTH, roles=GIVE),
    route(f"{CHART}/check", checking.check, name="medication_check", methods=BOTH, roles=CHANGE),
    route(f"{CHART}/hospital", telling.hospital, name="hospital_visit", methods=BOTH, roles=CHANGE),
    route(ONE, views.history, name="medication", roles=SEE),
    route(f"{ONE}/change", changing.change, name="change_medication", methods=BOTH, roles=CHANGE),
    route(f"{ONE}/stop", changing.stop, name="stop_medication", methods=BOTH, roles=CHANGE),
    route(f"{ONE}/dose", telling.dose, name="medication_dose", methods=BOTH, roles=CHANGE),
    route(f"{ONE}/supply", telling.supply, name="medication_supply", methods=BOTH, roles=CHANGE),
    route(f"{ONE}/adherence", telling.adherence, name="medication_adherence", methods=BOTH, roles=CHANGE),
    route("my/medications", mine.medications, name="my_medications", roles=OWN),
    route(
        "my/medications/<uuid:medication>", mine.tell, name="tell_dose", methods="POST", roles=("patient",)
    ),
    route("my/naloxone", mine.naloxone, name="my_naloxone", methods="POST", roles=("patient",)),
]
