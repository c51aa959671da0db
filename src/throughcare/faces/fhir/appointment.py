"""Appointment."""

from throughcare.faces.fhir.elements import Resource, reference, resource
from throughcare.pathway.own_record.picture import Fact


def appointment(one: Fact, patient: str) -> Resource:
    """A session to come."""
    return resource(
        "Appointment",
        one.uid,
        "schedule",
        status="booked",
        serviceType=[{"text": one.said["title"]}],
        start=one.said["from"],
        end=one.said["until"],
        participant=[{"actor": reference("Patient", patient), "status": "accepted"}],
    )
