"""Consent."""

from throughcare.faces.fhir.elements import Resource, reference, resource, value_set
from throughcare.pathway.own_record.picture import Fact


def consent(one: Fact, patient: str) -> Resource:
    """What the person allowed, in the words they signed."""
    return resource(
        "Consent",
        one.uid,
        "consent",
        status="inactive" if one.said["taken_back"] else "active",
        scope=value_set("consentscope", "patient-privacy"),
        category=[{"coding": [{"system": "http://loinc.org", "code": "59284-0"}], "text": "Consent"}],
        patient=reference("Patient", patient),
        dateTime=one.said["given"],
        policyRule={"text": "42 CFR part 2"},
        text={"status": "generated", "div": xhtml(one.said["words"])},
    )


def xhtml(words: str) -> str:
    """Words as the narrative of a resource, with nothing of them read as markup."""
    safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{safe}</p></div>'
