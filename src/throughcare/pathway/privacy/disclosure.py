"""The disclosure book: nothing about a person leaves the house except through it.

A telling is prepared (each item weighed), then sent: right before it leaves, all of it is weighed again while the
patient's consents are held still, so that nothing goes out after a consent was taken back.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.privacy.weighing import Weighed
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.crash_points import reached
from throughcare.pathway.privacy.consents_kept import hold_consents
from throughcare.pathway.privacy.desk import open_patient
from throughcare.pathway.privacy.telling import Item, Telling, kept_items, telling_of, weigh_items
from throughcare.records.consents import Consent, Recipient
from throughcare.records.disclosures import Disclosure
from throughcare.records.emergencies import EmergencyAccess
from throughcare.records.fact import Fact
from throughcare.records.legal_requests import LegalRequest
from throughcare.records.people import Patient, RelatedPerson

_Row = TypeVar("_Row", bound=Fact)
ENDED = "This was sent or withheld already."


@transaction.atomic
def prepare_disclosure(patient: UUID, telling: Telling, *, by: Actor, at: datetime) -> UUID:
    """Write down what is about to leave. Raises `Cannot` with the first item that may not, or when nothing is told."""
    found = open_patient(patient, kind="disclosure", verb="change", by=by, at=at)
    if not telling.items:
        raise Cannot("Choose what is to be told.", field="items")
    weighed = weigh_items(found.pk, telling, at=at)
    for item, verdict in weighed:
        if not verdict:
            raise Cannot(f"{item.title}: {verdict.because}", field="items")
    return _write(found, telling, weighed, by=by, at=at).uid


def _write(
    patient: Patient, telling: Telling, weighed: list[tuple[Item, Weighed]], *, by: Actor, at: datetime
) -> Disclosure:
    consents = sorted({verdict.consent for _, verdict in weighed if verdict.consent})
    return Disclosure.objects.create(
        organization_id=by.organization,
        patient=patient,
        basis=telling.basis,
        consent=Consent.objects.filter(uid=consents[0]).first() if consents else None,
        emergency=_row(EmergencyAccess, telling.emergency, by),
        legal_request=_row(LegalRequest, telling.legal_request, by),
        recipient=_row(Recipient, telling.to.recipient, by),
        related_person=_row(RelatedPerson, telling.to.related_person, by),
        recipient_class=telling.to.recipient_class,
        recipient_name=telling.to.name,
        recipient_affiliation=telling.to.affiliation,
        purpose=telling.purpose,
        facts=dict(telling.facts),
        method=telling.method,
        kinds=sorted({item.kind for item, _ in weighed}),
        items=kept_items(telling.items),
        statement=next((verdict.statement for _, verdict in weighed if verdict.statement), ""),
        document=telling.document,
        digest=hashlib.sha256(telling.document.encode()).hexdigest() if telling.document else "",
        prepared_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _row(model: type[_Row], uid: UUID | None, by: Actor) -> _Row | None:
    """The organization's row with this public id, if there is one."""
    if uid is None:
        return None
    return model._default_manager.filter(organization_id=by.organization, uid=uid).first()


def send_disclosure(disclosure: UUID, *, by: Actor, at: datetime) -> Weighed:
    """Let it leave, if all of it still may; otherwise it is withheld for good, and the verdict says why.

    The last look and the mark are one transaction that holds the patient's consents: whoever takes one back comes
    either before it, and nothing leaves, or after it.
    """
    with transaction.atomic():
        row = _open_held(disclosure, by=by, at=at)
        verdict = _verdict_now(row, at=at)
        if verdict:
            row.sent_at, row.sent_by_id = at, by.account
        else:
            row.withheld_at, row.withheld_because = at, verdict.because[:300]
        row.save(update_fields=["sent_at", "sent_by", "withheld_at", "withheld_because"])
        reached("send_disclosure:written")
    reached("send_disclosure:kept")
    return verdict


def _verdict_now(row: Disclosure, *, at: datetime) -> Weighed:
    """The first refusal among its items, or the last yes."""
    verdicts = [verdict for _, verdict in weigh_items(row.patient_id, telling_of(row), at=at)]
    return next((verdict for verdict in verdicts if not verdict), verdicts[-1])


@transaction.atomic
def withhold_disclosure(disclosure: UUID, *, because: str, by: Actor, at: datetime) -> None:
    """Decide not to send what was prepared."""
    row = _open_held(disclosure, by=by, at=at)
    row.withheld_at, row.withheld_because = at, because[:300]
    row.save(update_fields=["withheld_at", "withheld_because"])


def tell_now(patient: UUID, telling: Telling, *, by: Actor, at: datetime) -> UUID:
    """Prepare and send in one: a page that shows, words that are spoken. Raises `Cannot` when it may not leave."""
    with transaction.atomic():
        _hold(
            Patient.objects.filter(organization_id=by.organization, uid=patient).values_list("pk", flat=True)
        )
        disclosure = prepare_disclosure(patient, telling, by=by, at=at)
        verdict = send_disclosure(disclosure, by=by, at=at)
    if not verdict:
        raise Cannot(verdict.because)
    return disclosure


def _hold(patients: Iterable[int]) -> None:
    """Hold consents before anything is written in the book of accesses: everyone takes the two locks in this order."""
    for patient in patients:
        hold_consents(patient)


def _open_held(disclosure: UUID, *, by: Actor, at: datetime) -> Disclosure:
    """What still waits, with its patient's consents held. Raises `Cannot` when it was sent or withheld."""
    told = Disclosure.objects.filter(organization_id=by.organization, uid=disclosure)
    _hold(told.values_list("patient", flat=True))
    row = _open(disclosure, by=by, at=at)
    if row.sent_at or row.withheld_at:
        raise Cannot(ENDED)
    return row


def _open(disclosure: UUID, *, by: Actor, at: datetime) -> Disclosure:
    rows = Disclosure.objects.select_related(
        "patient", "recipient", "related_person", "legal_request", "emergency"
    )
    found = rows.filter(organization_id=by.organization, uid=disclosure).first()
    if found is None:
        raise Absent("disclosure")
    open_patient(found.patient.uid, kind="disclosure", verb="change", by=by, at=at)
    return found
