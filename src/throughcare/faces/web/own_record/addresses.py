"""Addresses of one's own record and its corrections."""

from throughcare.faces.web.own_record import corrections, mine
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that

OWN = ("patient", "alumnus")
ANSWERING = roles_that("change", "correction") - set(OWN)
READING = roles_that("see", "correction") - set(OWN)
ONE = "privacy/corrections/<uuid:correction>"

addresses = [
    route("my/record", mine.record, name="my_record", methods="GET POST", roles=OWN),
    route("my/record/<uuid:copy>/record.pdf", mine.pdf, name="my_record_pdf", roles=OWN),
    route("my/record/<uuid:copy>/record.json", mine.fhir, name="my_record_fhir", roles=OWN),
    route("my/corrections", corrections.mine, name="my_corrections", roles=OWN),
    route("my/corrections/new", corrections.ask, name="ask_correction", methods="GET POST", roles=OWN),
    route(
        "my/corrections/<uuid:correction>/statement",
        corrections.own_statement,
        name="my_statement",
        methods="GET POST",
        roles=OWN,
    ),
    route("privacy/corrections", corrections.waiting, name="corrections", roles=READING),
    route(ONE, corrections.answer, name="correction", methods="GET POST", roles=READING),
    route(f"{ONE}/later", corrections.delay, name="correction_later", methods="GET POST", roles=ANSWERING),
]
