"""Goal."""

from throughcare.faces.fhir.elements import Resource, reference, resource
from throughcare.pathway.own_record.picture import Fact


def goal(one: Fact, patient: str) -> Resource:
    """A goal of the care plan in the person's own words."""
    return resource(
        "Goal",
        one.uid,
        "care_plan",
        lifecycleStatus="active",
        description={"text": one.said["words"]},
        subject=reference("Patient", patient),
    )
