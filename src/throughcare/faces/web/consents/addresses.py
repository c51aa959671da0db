"""Addresses of consents, as staff use them."""

from throughcare.faces.web.consents import copies, ending, inviting, preparing, reaching, signing, views
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF

READING = STAFF & roles_that("see", "consent")
CHANGING = STAFF & roles_that("change", "consent")
HANDING_OVER = READING & roles_that("change", "disclosure")
HOME = "patients/<uuid:patient>/consents"
ONE = "consents/<uuid:consent>"

addresses = [
    route("consents/ending", views.ending, name="consents_ending", roles=READING),
    route(f"{HOME}/", views.patient_consents, name="patient_consents", roles=READING),
    route(ONE, views.one_consent, name="consent", roles=READING),
    route(f"{ONE}/print", copies.hand_over, name="consent_print", methods="GET POST", roles=HANDING_OVER),
    route(f"{ONE}/print/<uuid:disclosure>", copies.printed, name="consent_copy", roles=HANDING_OVER),
    *(
        route(pattern, view, name=name, methods=methods, roles=CHANGING)
        for pattern, view, name, methods in (
            (f"{HOME}/new/<slug:form>", preparing.new, "new_consent", "GET POST"),
            (f"{HOME}/restriction", ending.restrict, "new_restriction", "GET POST"),
            (f"{HOME}/restrictions/<uuid:restriction>/end", ending.lift, "end_restriction", "POST"),
            (f"{HOME}/safe-ways", reaching.for_patient, "safe_ways", "GET POST"),
            (f"{HOME}/invitation", inviting.invite_them, "invite_patient", "GET POST"),
            (
                f"{HOME}/people/<uuid:related>/invitation",
                inviting.invite_close,
                "invite_relation",
                "GET POST",
            ),
            (f"{HOME}/people/<uuid:related>/shut-out", inviting.shut_out, "shut_out_relation", "POST"),
            (f"{ONE}/questions", signing.questions, "consent_questions", "GET POST"),
            (f"{ONE}/sign/<slug:party>", signing.sign, "sign_consent", "GET POST"),
            (f"{ONE}/take-back", ending.take_back, "take_back_consent", "GET POST"),
            (f"{ONE}/event", ending.event, "consent_event", "POST"),
            (f"{ONE}/put-aside", preparing.put_aside, "put_consent_aside", "POST"),
        )
    ),
]
