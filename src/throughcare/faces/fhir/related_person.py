"""RelatedPerson."""

from throughcare.faces.fhir.elements import Resource, coded, reference, resource
from throughcare.pathway.own_record.picture import Fact


def related_person(one: Fact, patient: str) -> Resource:
    """Somebody near to the person."""
    phone = [{"system": "phone", "value": one.said["phone"]}] if one.said["phone"] else []
    return resource(
        "RelatedPerson",
        one.uid,
        "identity",
        patient=reference("Patient", patient),
        relationship=[coded(one.said["relationship"])] if one.said["relationship"] else [],
        name=[{"text": one.said["name"]}],
        telecom=phone,
    )
