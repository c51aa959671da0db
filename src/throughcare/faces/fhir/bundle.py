"""Bundle: the whole record of one person, each resource with the labels that go wherever it goes."""

import base64
import json
from collections.abc import Iterator

from throughcare.faces.fhir.allergy_intolerance import allergy_intolerance
from throughcare.faces.fhir.appointment import appointment
from throughcare.faces.fhir.condition import condition
from throughcare.faces.fhir.consent import consent
from throughcare.faces.fhir.document_reference import document_references
from throughcare.faces.fhir.elements import Resource, reference, resource
from throughcare.faces.fhir.encounter import encounter
from throughcare.faces.fhir.episode_of_care import episode_of_care
from throughcare.faces.fhir.goal import goal
from throughcare.faces.fhir.medication_statement import medication_statement
from throughcare.faces.fhir.observation import score
from throughcare.faces.fhir.organization import organization
from throughcare.faces.fhir.patient import patient
from throughcare.faces.fhir.questionnaire_response import questionnaire_response
from throughcare.faces.fhir.related_person import related_person
from throughcare.knowledge.privacy.part2_statements import LONG_STATEMENT
from throughcare.pathway.own_record.gathering import WholeRecord

# Kinds whose every item has a resource of its own shape; all others are documents, in words.
SHAPED = frozenset({"identity", "episode", "diagnosis", "schedule", "attendance"})


def bundle(record: WholeRecord) -> Resource:
    """The record as one collection."""
    made = list(_resources(record))
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": record.made_at.isoformat(),
        "meta": {
            "security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "V"}]
        },
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in made],
    }


def as_json(record: WholeRecord) -> bytes:
    """The bundle as a file."""
    return json.dumps(bundle(record), ensure_ascii=False, indent=1).encode()


def _resources(record: WholeRecord) -> Iterator[Resource]:
    seen, whose = record.picture, record.picture.person.uid
    program = seen.organization.uid
    yield organization(seen.organization)
    yield patient(seen.person, program)
    yield _notice(whose)
    yield from (related_person(one, whose) for one in seen.relations)
    yield from (episode_of_care(one, whose, program) for one in seen.episodes)
    yield from (condition(one, whose) for one in seen.diagnoses)
    for one in seen.measures:
        yield questionnaire_response(one, whose)
        if one.said["total"] is not None:
            yield score(one, whose)
    yield from (medication_statement(one, whose) for one in seen.medications)
    yield from (allergy_intolerance(one, whose) for one in seen.allergies)
    yield from (encounter(one, whose) for one in seen.visits)
    yield from (appointment(one, whose) for one in seen.appointments)
    yield from (goal(one, whose) for one in seen.goals)
    yield from (consent(one, whose) for one in seen.consents)
    for chapter in record.chapters:
        if chapter.kind not in SHAPED:
            yield from document_references(chapter, whose)


def _notice(whose: str) -> Resource:
    """The federal statement, for whoever the person hands this on to. 42 CFR 2.32."""
    data = base64.b64encode(LONG_STATEMENT.encode()).decode()
    return resource(
        "DocumentReference",
        f"{whose[:-4]}2032",
        "disclosure",
        status="current",
        type={"text": "Notice that goes with this record"},
        subject=reference("Patient", whose),
        description="42 CFR 2.32: prohibition on redisclosure",
        content=[{"attachment": {"contentType": "text/plain; charset=utf-8", "data": data}}],
    )
