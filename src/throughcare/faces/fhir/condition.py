"""Condition."""

from throughcare.faces.fhir.elements import ICD_10_CM, Resource, coded, reference, resource, value_set
from throughcare.pathway.own_record.picture import Fact


def condition(one: Fact, patient: str) -> Resource:
    """A diagnosis; one that was ended is inactive."""
    return resource(
        "Condition",
        one.uid,
        "diagnosis",
        clinicalStatus=value_set("condition-clinical", "inactive" if one.said["ended"] else "active"),
        verificationStatus=value_set("condition-ver-status", "confirmed"),
        category=[value_set("condition-category", "encounter-diagnosis")],
        code=coded(one.said["title"], (ICD_10_CM, one.said["code"])),
        subject=reference("Patient", patient),
        recordedDate=one.said["recorded"],
        abatementDateTime=one.said["ended"],
    )
