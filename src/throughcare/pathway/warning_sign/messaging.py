"""Writing to a person about a sign: words that say nothing but to call, by the ways that they left open."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.message.outbox import put_message, to_patient
from throughcare.pathway.privacy.reaching import may_reach_patient
from throughcare.pathway.warning_sign.acting import act_on_sign, standing_sign
from throughcare.records.organizations import Organization
from throughcare.records.people import Patient

# In this order; what the person asked not to be used is left out.
WAYS = ("text", "email")


def words_for(organization: int) -> str:
    """What the person reads; nobody who looks over their shoulder learns anything."""
    house = Organization.objects.get(pk=organization)
    number = f" at {house.phone}" if house.phone else ""
    return f"{house.neutral_name}: please call us{number} when you can."


@transaction.atomic
def message_about_sign(sign: UUID, *, by: Actor, at: datetime) -> UUID:
    """Ask the person to call, and record it as an attempt; the message's public id. Raises `Cannot`."""
    row = standing_sign(sign, by=by, at=at)
    ways = [way for way in WAYS if _address(row.patient, way) and may_reach_patient(row.patient_id, way)]
    if not ways:
        raise Cannot("They left no way open for a message, or none is known. Call, or speak with them here.")
    house = Organization.objects.get(pk=by.organization)
    message = put_message(
        to_patient(row.patient_id),
        subject=f"{house.neutral_name}: please call us",
        words=words_for(by.organization),
        key=f"sign {sign} {at.isoformat()}",
        ways=ways,
        organization=by.organization,
        at=at,
    )
    act_on_sign(sign, act="messaged", outcome="message_left", by=by, at=at)
    return message


def _address(patient: Patient, way: str) -> str:
    found: str = patient.phone if way == "text" else patient.email
    return found
