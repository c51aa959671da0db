"""The small elements that resources share: references, codings, periods, and the labels that go along with each."""

from collections.abc import Mapping
from typing import Any

from throughcare.knowledge.privacy.kinds import ALL as KINDS

Resource = dict[str, Any]
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
LOINC = "http://loinc.org"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


def resource(type_: str, uid: str, kind: str, **elements: Any) -> Resource:
    """A resource with the security labels of its kind of record; empty elements are left out."""
    labels = [
        {"system": CONFIDENTIALITY if len(code) == 1 else ACT_CODE, "code": code}
        for code in KINDS[kind].security
    ]
    head = {"resourceType": type_, "id": uid, "meta": {"security": labels}}
    return {**head, **{name: value for name, value in elements.items() if value not in (None, "", [], {})}}


def reference(type_: str, uid: str) -> dict[str, str]:
    """A reference to another resource of the bundle."""
    return {"reference": f"{type_}/{uid}"}


def coded(words: str, *codings: tuple[str, str]) -> dict[str, Any]:
    """A concept: its words, and codes as pairs of system and code; codes that are empty are left out."""
    known = [{"system": system, "code": code} for system, code in codings if code]
    return {**({"coding": known} if known else {}), "text": words}


def value_set(system: str, code: str) -> dict[str, Any]:
    """A concept of one of HL7's own code systems."""
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}


def period(said: Mapping[str, Any], start: str = "from", end: str = "until") -> dict[str, str]:
    """A period, with as much of it as is known."""
    return {name: said[key] for name, key in (("start", start), ("end", end)) if said.get(key)}
