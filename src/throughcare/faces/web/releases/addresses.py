"""Addresses of release: the lens, packets and letters, the book, the accounting."""

from throughcare.faces.web.releases import book, looking, sending
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF

READING = STAFF & roles_that("see", "disclosure")
TELLING = STAFF & roles_that("change", "disclosure")
ANSWERING = {"compliance", "director"}
OWN = ("patient", "alumnus")
HOME = "patients/<uuid:patient>"
ONE = "disclosures/<uuid:disclosure>"

addresses = [
    route(f"{HOME}/lens", looking.lens, name="lens", methods="GET POST", roles=TELLING),
    route(f"{HOME}/letter", looking.letter, name="release_letter", methods="GET POST", roles=TELLING),
    route(f"{HOME}/disclosures/", book.of_patient, name="patient_disclosures", roles=READING),
    route(f"{HOME}/disclosures.csv", book.of_patient_csv, name="patient_disclosures_csv", roles=READING),
    route(ONE, sending.disclosure, name="disclosure", roles=READING),
    route(f"{ONE}/records.pdf", sending.send_pdf, name="send_pdf", methods="POST", roles=TELLING),
    route(f"{ONE}/print", sending.send_print, name="send_print", methods="POST", roles=TELLING),
    route(f"{ONE}/told", sending.told, name="send_told", methods="POST", roles=TELLING),
    route(f"{ONE}/withhold", sending.withhold, name="withhold_disclosure", methods="POST", roles=TELLING),
    route(f"{ONE}/again", sending.again, name="prepare_again", methods="POST", roles=TELLING),
    route("privacy/disclosures/", book.book, name="disclosure_book", roles=ANSWERING),
    route("privacy/disclosures/waiting", book.waiting, name="waiting_disclosures", roles=TELLING),
    route("my/disclosures", book.mine, name="my_disclosures", roles=OWN),
    route("my/disclosures.csv", book.my_csv, name="my_disclosures_csv", roles=OWN),
]
