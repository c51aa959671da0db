"""MedicationStatement."""

from throughcare.faces.fhir.elements import RXNORM, Resource, coded, period, reference, resource
from throughcare.pathway.own_record.picture import Fact


def medication_statement(one: Fact, patient: str) -> Resource:
    """A medication that the person takes or took."""
    words = ", ".join(part for part in (one.said["dose"], one.said["how"]) if part)
    return resource(
        "MedicationStatement",
        one.uid,
        "medication",
        status="stopped" if one.said["stopped"] else "active",
        medicationCodeableConcept=coded(one.said["name"], (RXNORM, one.said["rxnorm"])),
        subject=reference("Patient", patient),
        effectivePeriod=period(one.said),
        dateAsserted=one.said["recorded"],
        dosage=[{"text": words}] if words else [],
    )
