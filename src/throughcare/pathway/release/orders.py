"""The paper from a court that a packet answers: of this organization, about this patient, and nothing beyond it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.legal_requests import ALL as PAPERS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy.desk import ask, meet, open_patient
from throughcare.pathway.release.whose import say_date
from throughcare.records.legal_requests import LegalRequest
from throughcare.records.people import Patient


@dataclass(frozen=True)
class OrderLine:
    """A paper to choose."""

    uid: UUID
    words: str


def papers_about(patient: UUID, *, by: Actor, at: datetime) -> tuple[OrderLine, ...]:
    """The papers that ask for this patient's records, for those who may see such papers."""
    found, standing = meet(patient, by=by, at=at)
    if not ask(found, standing, kind="legal_request", verb="see", purpose="", by=by, at=at).verdict:
        return ()
    rows = LegalRequest.objects.filter(organization_id=by.organization, patient=found).order_by(
        "-received_at", "-pk"
    )
    if rows:
        open_patient(found, kind="legal_request", by=by, at=at)
    return tuple(
        OrderLine(row.uid, f"{PAPERS[row.kind].words if row.kind in PAPERS else row.kind}: {row.from_whom}")
        for row in rows
    )


def find_order(request: UUID, patient: Patient, *, by: Actor) -> LegalRequest:
    """The paper. Raises `Absent`, and `Cannot` when it names somebody else."""
    found = LegalRequest.objects.filter(organization_id=by.organization, uid=request).first()
    if found is None:
        raise Absent("legal request")
    if found.patient_id != patient.pk:
        raise Cannot("That paper names another patient. Nothing of this record answers it.")
    return found


def say_order(found: LegalRequest) -> str:
    """What the order lets go, in a sentence that goes along with it."""
    paper = PAPERS.get(found.kind)
    kinds = ", ".join(KINDS[kind].words for kind in found.kinds if kind in KINDS) or "nothing"
    since, until = found.records_from, found.records_until
    period = f" dated {say_date(since)} to {say_date(until)}" if since and until else ""
    words = paper.words.lower() if paper else "a paper from a court"
    cite = f" ({paper.cite})" if paper else ""
    return (
        f"Released under {words}{cite} that names these records: {kinds}{period}. Nothing else is released."
    )
