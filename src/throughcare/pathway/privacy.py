"""The privacy desk: the one gate to what is known about a person. Every read and write passes here.

Deny by default, by role and kind of record; each answer is written in the book of accesses, one row per page.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.privacy import may
from throughcare.knowledge.verdict import Allowed, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, CannotSee, require
from throughcare.records.accesses import Access
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

    Raises `Absent` for an unknown patient or another organization's, `CannotSee` with the reason.
    """
    found = find_patient(patient, by=by)
    verdict = may_access(kind, by=by, verb=verb)
    if by.account is not None:
        write_access(kind, by=by, at=at, verb=verb, purpose=purpose, allowed=bool(verdict), patient=found)
    require(verdict, CannotSee)
    return found


def find_patient(patient: UUID, *, by: Actor) -> Patient:
    """The organization's patient with this public id, or the one who took their place. Raises `Absent`.

    For pathway modules that have passed the desk already, or pass it next.
    """
    found = Patient.objects.filter(organization_id=by.organization, uid=patient).order_by().first()
    if found is None:
        raise Absent("patient")
    return found.absorbed_by or found  # one more query, and only for the few that were merged


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
        write_access(kind, by=by, at=at, verb=verb, purpose=purpose, allowed=bool(verdict), patients=patients)
    require(verdict, CannotSee)


def write_access(
    kind: str,
    *,
    by: Actor,
    at: datetime,
    verb: str,
    purpose: str,
    allowed: bool,
    patient: Patient | None = None,
    patients: Sequence[int] = (),
) -> None:
    """Append to the book of accesses."""
    Access.objects.create(
        organization_id=by.organization,
        account_id=by.account,
        patient=patient,
        patients=list(patients),
        kind=kind,
        verb=verb,
        purpose=purpose,
        allowed=allowed,
        accessed_at=at,
    )
