"""The discharge summary on its way into the patient's own hands."""

from datetime import datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.discharge.discharge import SignedSummary, discharge_summary
from throughcare.pathway.privacy.disclosure import tell_now
from throughcare.pathway.privacy.telling import Item, Telling, To


def hand_over_summary(episode: UUID, *, by: Actor, at: datetime) -> SignedSummary:
    """The signed summary as a file for the patient; what they were given stands in the disclosure book."""
    signed = discharge_summary(episode, by=by, at=at)
    day = local_day(signed.discharged_at, signed.time_zone)
    telling = Telling(
        To("patient", signed.summary.name),
        "patient_request",
        "pdf",
        (Item("discharge", "Discharge summary", day),),
        basis="patient_request",
    )
    tell_now(signed.patient, telling, by=by, at=at)
    return signed
