"""Names that people no longer bear, for those who were found by one."""

from collections.abc import Sequence
from typing import Any

from throughcare.pathway.people.search_keys import begins, key_of_start, words_of
from throughcare.records.people import Patient, PatientRevision, PatientSearchKey

NAMES = ("given_name", "family_name", "preferred_name")


def found_by_former_name(people: Sequence[Patient], query: str, *, organization: int) -> dict[int, str]:
    """The former name by which each of these patients (by key) matches the words of a query, the newest first."""
    words = words_of(query)
    keys = [key_of_start(word, organization) for word in words]
    former = PatientSearchKey.objects.filter(patient__in=people, key__in=keys, former=True)
    patients = set(former.values_list("patient", flat=True)) if keys else set()
    found: dict[int, str] = {}
    if not patients:
        return found
    revisions = PatientRevision.objects.filter(patient__in=patients).order_by("-pk")
    for patient, details in revisions.values_list("patient", "details"):
        if patient not in found and _matches(details, words):
            found[patient] = f"{details['given_name']} {details['family_name']}".strip()
    return found


def _matches(details: dict[str, Any], words: Sequence[str]) -> bool:
    """Whether one of the words begins a name, as the search keys have it."""
    known = [word for name in NAMES for word in words_of(details[name])]
    return any(begins(one, word) for word in words for one in known)
