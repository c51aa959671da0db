"""Patient."""

from throughcare.faces.fhir.elements import Resource, reference, resource
from throughcare.pathway.own_record.picture import Fact

GENDERS = {"female": "female", "male": "male", "f": "female", "m": "male"}


def patient(one: Fact, organization: str) -> Resource:
    """The person."""
    said = one.said
    names = [{"use": "official", "family": said["family"], "given": [said["given"]]}]
    names[0] = {key: value for key, value in names[0].items() if value and value != [""]}
    if said["preferred"] and said["preferred"] != said["given"]:
        names.append({"use": "usual", "given": [said["preferred"]]})
    ways = [{"system": system, "value": said[system]} for system in ("phone", "email") if said[system]]
    return resource(
        "Patient",
        one.uid,
        "identity",
        identifier=[
            {"use": "usual", "value": said["number"], "assigner": reference("Organization", organization)}
        ],
        name=names,
        telecom=ways,
        gender=GENDERS.get(said["sex"].lower(), "unknown"),
        birthDate=said["birth_date"],
        address=[{"text": said["address"]}] if said["address"] else [],
        communication=[{"language": {"text": said["language"]}}] if said["language"] else [],
        managingOrganization=reference("Organization", organization),
    )
