"""Observation."""

from throughcare.faces.fhir.elements import LOINC, Resource, coded, reference, resource, value_set
from throughcare.pathway.own_record.picture import Fact


def score(one: Fact, patient: str) -> Resource:
    """The score of a questionnaire, with the answers that it comes from."""
    return resource(
        "Observation",
        f"{one.uid}-score",
        "measure",
        status="final",
        category=[value_set("observation-category", "survey")],
        code=coded(f"{one.said['title']}: total", (LOINC, one.said["loinc"])),
        subject=reference("Patient", patient),
        effectiveDateTime=one.said["taken"],
        valueQuantity={"value": one.said["total"], "unit": "points"},
        interpretation=[{"text": one.said["band"]}] if one.said["band"] else [],
        derivedFrom=[reference("QuestionnaireResponse", one.uid)],
    )
