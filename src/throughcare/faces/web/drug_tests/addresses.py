"""Addresses of tests."""

from throughcare.faces.web.drug_tests import collecting, door, draw, mine, ordering, views
from throughcare.faces.web.drug_tests.who import CHANGE, OWN, SEE, WORK
from throughcare.faces.web.routing import route

CHART = "patients/<uuid:patient>/tests"
ONE = f"{CHART}/<uuid:order>"
BOTH = "GET POST"

addresses = [
    route("tests/", views.due, name="tests_due", roles=WORK),
    route(CHART, views.tests, name="patient_tests", roles=SEE),
    route(f"{CHART}/new", ordering.order, name="order_test", methods=BOTH, roles=CHANGE),
    route(f"{CHART}/draw", ordering.draw, name="test_draw", methods=BOTH, roles=CHANGE),
    route(f"{CHART}/draw/leave", ordering.leave, name="leave_test_draw", methods="POST", roles=CHANGE),
    route(f"{CHART}/breath", door.breath, name="breath_test", methods=BOTH, roles=CHANGE),
    route(f"{CHART}/breath/<uuid:breath>", door.steps, name="breath_test_steps", methods=BOTH, roles=CHANGE),
    route(f"{ONE}/collect", collecting.collect, name="collect_specimen", methods=BOTH, roles=CHANGE),
    route(f"{ONE}/result", collecting.result, name="test_result", methods=BOTH, roles=CHANGE),
    route(f"{ONE}/not-given", collecting.not_given, name="test_not_given", methods=BOTH, roles=CHANGE),
    route(f"{ONE}/take-back", ordering.take_back, name="take_back_test", methods="POST", roles=CHANGE),
    route("draws/", draw.periods, name="draws", roles=WORK),
    route("draws/<str:first_day>/proof.json", draw.proof_file, name="draw_proof", roles=WORK),
    route("draws/<str:first_day>/", draw.period, name="draw_period", roles=WORK),
    route("my/tests", mine.tests, name="my_tests", roles=OWN),
    route("my/tests/word", mine.word, name="my_own_word", methods="POST", roles=("patient",)),
]
