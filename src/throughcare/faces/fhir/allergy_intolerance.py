"""AllergyIntolerance."""

from throughcare.faces.fhir.elements import Resource, coded, reference, resource, value_set
from throughcare.pathway.own_record.picture import Fact

SEVERITIES = frozenset({"mild", "moderate", "severe"})


def allergy_intolerance(one: Fact, patient: str) -> Resource:
    """Something that the person doesn't tolerate."""
    reaction = {"manifestation": [{"text": one.said["reaction"]}]} if one.said["reaction"] else {}
    if reaction and one.said["severity"] in SEVERITIES:
        reaction["severity"] = one.said["severity"]
    return resource(
        "AllergyIntolerance",
        one.uid,
        "medication",
        clinicalStatus=value_set(
            "allergyintolerance-clinical", "inactive" if one.said["ended"] else "active"
        ),
        verificationStatus=value_set("allergyintolerance-verification", "unconfirmed"),
        code=coded(one.said["substance"]),
        patient=reference("Patient", patient),
        recordedDate=one.said["recorded"],
        reaction=[reaction] if reaction else [],
    )
