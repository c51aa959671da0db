"""The privacy desk: the one gate to what is known about a person. Every read and write passes here.

Deny by default: role x relationship x kind of record x purpose; each answer is written in the book of accesses.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.privacy import may
from throughcare.knowledge.verdict import Allowed, Verdict
from throughcare.pathway.actor import Actor, Asked
from throughcare.pathway.cannot import Absent, CannotSee, require
from throughcare.pathway.privacy.book import note
from throughcare.pathway.privacy.standing import Standing, standing_of, standing_rows
from throughcare.records.people import Patient

TREATMENT = "treatment"
OPERATIONS = "operations"


def may_access(kind: str, *, by: Actor, verb: str = "see") -> Verdict:
    """The desk's verdict without opening anything: what greys a button."""
    if by.holds("program"):
        return Allowed()
    return may(verb, kind, roles=by.roles)


def open_patient(
    patient: UUID, *, kind: str, by: Actor, at: datetime, verb: str = "see", purpose: str = TREATMENT
) -> Patient:
    """The patient's record, if `by` may see (or change) records of this kind; written in the book either way.

    Raises `Absent` for an unknown patient, another organization's, or one of a site where `by` has no role;
    `CannotSee` with the reason.
    """
    found, standing = _meet(patient, by=by, at=at)
    verdict = _verdict(kind, standing, by=by, verb=verb)
    if by.account is not None:
        asked = Asked(
            by.account, verb, kind, purpose, standing.relationship, bool(verdict), None, (found.pk,), at
        )
        note(asked, by=by)
    if standing.relationship == "other_site":
        raise Absent("patient")
    require(verdict, CannotSee)
    return found


def _meet(patient: UUID, *, by: Actor, at: datetime) -> tuple[Patient, Standing]:
    rows = standing_rows(by=by, at=at)
    found = rows.filter(uid=patient).first()
    if found is None:
        raise Absent("patient")
    if found.absorbed_by_id:  # one more query, and only for the few that were merged
        found = rows.get(pk=found.absorbed_by_id)
    return found, standing_of(found, by=by)


def _verdict(kind: str, standing: Standing, *, by: Actor, verb: str) -> Verdict:
    if by.holds("program"):
        return Allowed()
    return may(verb, kind, roles=by.roles_at(standing.sites))


def find_patient(patient: UUID, *, by: Actor) -> Patient:
    """The organization's patient with this public id, or the one who took their place. Raises `Absent`.

    For pathway modules that have passed the desk already, or pass it next.
    """
    found = Patient.objects.filter(organization_id=by.organization, uid=patient).order_by().first()
    if found is None:
        raise Absent("patient")
    return found.absorbed_by or found


def open_list(
    kind: str,
    patients: Sequence[int],
    *,
    by: Actor,
    at: datetime,
    verb: str = "see",
    purpose: str = TREATMENT,
) -> None:
    """Let `by` see (or change) a page with these patients (keys); one row in the book names them all."""
    verdict = may_access(kind, by=by, verb=verb)
    if by.account is not None and (patients or not verdict):
        note(Asked(by.account, verb, kind, purpose, "list", bool(verdict), None, tuple(patients), at), by=by)
    require(verdict, CannotSee)


def begin_record(kind: str, patient: int, *, by: Actor, at: datetime) -> None:
    """Write in the book that `by` began this patient's (key) record; the caller asked `may_access` before."""
    note(Asked(by.account, "change", kind, TREATMENT, "beginning", True, None, (patient,), at), by=by)
