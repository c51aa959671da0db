"""What an emergency team is told of somebody who cannot be asked: the medication list, and a record in the book."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.crisis.answering import add_entry
from throughcare.pathway.crisis.entering import change_crisis
from throughcare.pathway.medication.listing import MedicationList, medication_list_of
from throughcare.pathway.privacy.emergency_telling import EmergencyTelling, tell_in_emergency

KIND = "medication"


@dataclass(frozen=True)
class Told:
    """What 42 CFR 2.51(c) asks to be written down: to whom, where they work, by whom, when, and of what nature."""

    recipient: str
    affiliation: str
    discloser: str
    disclosed_at: datetime
    nature: str
    no_consent: str


def list_to_tell(patient: UUID, *, by: Actor, at: datetime) -> MedicationList:
    """The list, opened for the emergency. Raises what the desk raises."""
    return medication_list_of(patient, purpose="emergency", by=by, at=at)


@transaction.atomic
def tell_team(crisis: UUID, patient: UUID, told: Told, *, by: Actor, at: datetime) -> UUID:
    """Enter that the medication list was told, in the disclosure book and in the crisis's log. Raises `Cannot`.

    Only the list goes: no note, no measure and nothing kept apart can be chosen here.
    """
    row = change_crisis(crisis, by=by, at=at)
    known = list_to_tell(patient, by=by, at=at)
    disclosure = tell_in_emergency(
        patient,
        EmergencyTelling(
            recipient=told.recipient,
            affiliation=told.affiliation,
            discloser=told.discloser,
            disclosed_at=told.disclosed_at,
            nature=told.nature,
            no_consent=told.no_consent,
            kinds=(KIND,),
            words=in_words(known),
        ),
        by=by,
        at=at,
    )
    whom = f"{told.recipient.strip()}, {told.affiliation.strip()}"
    add_entry(row, "told", whom=whom, happened_at=told.disclosed_at, by=by, at=at)
    return disclosure


def in_words(known: MedicationList) -> str:
    """The list as it is read aloud."""
    takes = "; ".join(" ".join(part for part in (row.name, row.dose, row.how) if part) for row in known.rows)
    allergies = "; ".join(one.words for one in known.allergies)
    none = "no allergies known" if known.no_known_allergies else "allergies not asked"
    return f"Medications: {takes or 'none on the list'}. Allergies: {allergies or none}."
