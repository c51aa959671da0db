"""EpisodeOfCare."""

from throughcare.faces.fhir.elements import Resource, period, reference, resource
from throughcare.pathway.own_record.picture import Fact


def episode_of_care(one: Fact, patient: str, organization: str) -> Resource:
    """A stay in the program."""
    return resource(
        "EpisodeOfCare",
        one.uid,
        "episode",
        status="finished" if one.said["until"] else "active",
        patient=reference("Patient", patient),
        managingOrganization=reference("Organization", organization),
        period=period(one.said),
    )
