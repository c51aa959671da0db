"""Organization."""

from throughcare.faces.fhir.elements import Resource, resource
from throughcare.pathway.own_record.picture import Fact


def organization(one: Fact) -> Resource:
    """The program that keeps the record."""
    phone = [{"system": "phone", "value": one.said["phone"]}] if one.said["phone"] else []
    return resource("Organization", one.uid, "identity", name=one.said["name"], telecom=phone)
