"""Addresses of referrals and of who people are."""

from collections.abc import Mapping

from throughcare.faces.web.referrals import (
    intake_visits,
    one_referral,
    people,
    pipeline,
    same_person,
    taking_in,
)
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import MAY_CHANGE, MAY_SEE


def _who(table: Mapping[str, frozenset[str]], kind: str) -> set[str]:
    return {role for role, kinds in table.items() if kind in kinds}


SEE, CHANGE = _who(MAY_SEE, "referral"), _who(MAY_CHANGE, "referral")
SEE_PEOPLE, CHANGE_PEOPLE = _who(MAY_SEE, "identity"), _who(MAY_CHANGE, "identity")
ONE = "referrals/<uuid:referral>/"
PERSON = "patients/<uuid:patient>/"

addresses = [
    route("referrals/", pipeline.pipeline, name="pipeline", roles=SEE),
    route("referrals/new", taking_in.new_referral, name="new_referral", methods="GET POST", roles=CHANGE),
    route(
        "referrals/look-alikes",
        taking_in.look_alikes_so_far,
        name="look_alikes_so_far",
        methods="POST",
        roles=CHANGE,
    ),
    route(
        "referrals/import", taking_in.import_page, name="import_referrals", methods="GET POST", roles=CHANGE
    ),
    route("referrals/import/template.csv", taking_in.import_template, name="import_template", roles=CHANGE),
    route(ONE, one_referral.page, name="referral", roles=SEE),
    route(
        f"{ONE}contacts/new", one_referral.contact, name="referral_contact", methods="GET POST", roles=CHANGE
    ),
    route(f"{ONE}owner", one_referral.owner, name="referral_owner", methods="GET POST", roles=CHANGE),
    route(f"{ONE}owner/me", one_referral.take, name="referral_take", methods="POST", roles=CHANGE),
    route(f"{ONE}closure/new", one_referral.close, name="referral_closure", methods="GET POST", roles=CHANGE),
    route(f"{ONE}closure/undo", one_referral.reopen, name="referral_reopening", methods="POST", roles=CHANGE),
    route(
        f"{ONE}assessments/new", one_referral.assess, name="referral_assessment", methods="POST", roles=CHANGE
    ),
    route(f"{ONE}intake", intake_visits.book, name="referral_intake", methods="GET POST", roles=CHANGE),
    route(
        f"{ONE}intake/cancellation",
        intake_visits.cancel,
        name="referral_intake_cancellation",
        methods="GET POST",
        roles=CHANGE,
    ),
    route(f"{ONE}documents/<uuid:document>", one_referral.document, name="referral_document", roles=SEE),
    route(f"{PERSON}details", people.details, name="patient_details", roles=SEE_PEOPLE),
    route(
        f"{PERSON}details/edit",
        people.correct,
        name="correct_details",
        methods="GET POST",
        roles=CHANGE_PEOPLE,
    ),
    route(
        f"{PERSON}related/new",
        people.add_related,
        name="new_related_person",
        methods="GET POST",
        roles=CHANGE_PEOPLE,
    ),
    route(
        f"{PERSON}related/<uuid:related>/end",
        people.end_related,
        name="end_related_person",
        methods="POST",
        roles=CHANGE_PEOPLE,
    ),
    route(f"{PERSON}duplicates/", same_person.duplicates, name="duplicates", roles=CHANGE_PEOPLE),
    route(
        f"{PERSON}duplicates/<uuid:other>",
        same_person.side_by_side,
        name="side_by_side",
        methods="GET POST",
        roles=CHANGE_PEOPLE,
    ),
    route(
        f"{PERSON}duplicates/<uuid:other>/apart",
        same_person.apart,
        name="tell_apart",
        methods="POST",
        roles=CHANGE_PEOPLE,
    ),
    route(
        "merges/<uuid:merge>/undo", same_person.undo, name="undo_merge", methods="POST", roles=CHANGE_PEOPLE
    ),
    route("search", people.search, name="search", roles=SEE_PEOPLE),
]
