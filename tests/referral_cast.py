"""Referrals for tests: people who asked for help, and bundles and tables that others sent."""

import gzip
import json
from datetime import date
from typing import Any
from uuid import UUID

from tests.cast import MORNING, Cast
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.referral.referral import NewReferral, receive_referral
from throughcare.records.people import Patient
from throughcare.records.referrals import Referral

MAYA = PersonDetails(
    given_name="Maya",
    family_name="Okafor",
    birth_date=date(1990, 3, 4),
    phone="212-555-0134",
    email="maya@example.org",
    contact_wishes={"voicemail": True},
)


def refer(cast: Cast, person: PersonDetails = MAYA, *, at=MORNING, **more: Any) -> UUID:
    """Someone calls; admissions takes the referral in."""
    return receive_referral(NewReferral(site=cast.site, person=person, **more), by=cast.admissions, at=at)


def patient_of(referral: UUID) -> UUID:
    """The public id of a referral's person."""
    return Referral.objects.get(uid=referral).patient.uid


def patient_called(name: str) -> Patient:
    """The one person with this given or family name; the database can't be asked for it."""
    [found] = [one for one in Patient.objects.all() if name in (one.given_name, one.family_name)]
    return found


def a_patient(**changes: Any) -> dict[str, Any]:
    """A FHIR Patient as another system would send it."""
    return {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [{"system": "https://clinic.test/mrn", "value": "4711"}],
        "name": [{"use": "official", "family": "Villa", "given": ["María", "del Carmen"]}],
        "gender": "female",
        "birthDate": "1993-10-14",
        "telecom": [{"system": "phone", "value": "212-555-0177", "use": "mobile"}],
        "address": [{"line": ["12 Canal St"], "city": "New York", "state": "NY", "postalCode": "10013"}],
        "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es"}]}}],
        **changes,
    }


def a_bundle(*others: dict[str, Any], patient: dict[str, Any] | None = None) -> dict[str, Any]:
    """A transaction bundle with one patient and whatever else."""
    resources = [patient if patient is not None else a_patient(), *others]
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {"fullUrl": f"urn:uuid:{one.get('id', number)}" if isinstance(one, dict) else "", "resource": one}
            for number, one in enumerate(resources)
        ],
    }


def as_bytes(value: Any, *, packed: bool = False) -> bytes:
    """JSON as a file would hold it."""
    text = json.dumps(value).encode()
    return gzip.compress(text) if packed else text
