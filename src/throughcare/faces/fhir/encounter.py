"""Encounter."""

from throughcare.faces.fhir.elements import ACT_CODE, Resource, period, reference, resource
from throughcare.pathway.own_record.picture import Fact

CAME = frozenset({"present", "late", "left_early", "late_and_left_early"})


def encounter(one: Fact, patient: str) -> Resource:
    """A session that the person was expected at; one that they missed is cancelled."""
    return resource(
        "Encounter",
        one.uid,
        "attendance",
        status="finished" if one.said["status"] in CAME else "cancelled",
        **{"class": {"system": ACT_CODE, "code": "VR" if one.said["by_video"] else "AMB"}},
        type=[{"text": one.said["title"]}],
        subject=reference("Patient", patient),
        period=period(one.said),
        length={
            "value": one.said["minutes"],
            "unit": "min",
            "system": "http://unitsofmeasure.org",
            "code": "min",
        },
    )
