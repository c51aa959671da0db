"""Restrictions: what the patient asked not to be told to someone, and the program agreed. 42 CFR 2.26."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import MAY_LEAVE
from throughcare.knowledge.privacy.recipients import ALL as RECIPIENTS
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy.consents_kept import hold_consents
from throughcare.pathway.privacy.desk import open_patient
from throughcare.pathway.privacy.recipients import find_recipient
from throughcare.records.consents import Restriction
from throughcare.records.people import Patient, RelatedPerson


@dataclass(frozen=True)
class NewRestriction:
    """What must not be told, to whom. An empty set stands for any; `text` says it as the patient asked."""

    text: str
    kinds: frozenset[str] = frozenset()
    recipient_classes: frozenset[str] = frozenset()
    recipient: UUID | None = None
    related_person: UUID | None = None
    purposes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RestrictionView:
    """One restriction in words."""

    uid: UUID
    text: str
    kinds: tuple[str, ...]
    whom: str
    agreed_at: datetime
    ended_at: datetime | None


@transaction.atomic
def agree_restriction(patient: UUID, new: NewRestriction, *, by: Actor, at: datetime) -> UUID:
    """Agree with the patient not to tell something to someone; it counts at once. Staff agree, not the patient."""
    found = open_patient(patient, kind="consent", verb="change", by=by, at=at)
    _require_staff(by)
    if not new.kinds <= MAY_LEAVE or not new.recipient_classes <= set(RECIPIENTS) - {"patient"}:
        raise Cannot("Choose what must not be told, and to whom, from the lists.")
    if not new.text.strip():
        raise Cannot("Write down what was agreed.", field="text")
    hold_consents(found.pk)
    return Restriction.objects.create(
        organization_id=by.organization,
        patient=found,
        kinds=sorted(new.kinds),
        purposes=sorted(new.purposes),
        recipient_classes=sorted(new.recipient_classes),
        recipient=find_recipient(new.recipient, by=by) if new.recipient else None,
        related_person=_related(found, new.related_person),
        text=new.text.strip(),
        agreed_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def _require_staff(by: Actor) -> None:
    if not by.holds(*STAFF, "program"):
        raise Cannot("Tell the staff: they agree to it with you and write it down.")


def _related(patient: Patient, related: UUID | None) -> RelatedPerson | None:
    if related is None:
        return None
    found = RelatedPerson.objects.filter(patient=patient, uid=related).first()
    if found is None:
        raise Absent("related person")
    return found


@transaction.atomic
def end_restriction(restriction: UUID, *, by: Actor, at: datetime) -> None:
    """End a restriction from this moment on: the patient agreed, or the program told them beforehand."""
    row = (
        Restriction.objects.select_related("patient")
        .filter(organization_id=by.organization, uid=restriction)
        .first()
    )
    if row is None:
        raise Absent("restriction")
    open_patient(row.patient.uid, kind="consent", verb="change", by=by, at=at)
    _require_staff(by)
    if row.ended_at is not None:
        raise Cannot("This restriction has ended already.")
    hold_consents(row.patient_id)
    Restriction.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=at)


def restrictions_of_patient(patient: UUID, *, by: Actor, at: datetime) -> tuple[RestrictionView, ...]:
    """What was agreed with the patient, that in force first, newest first."""
    found = open_patient(patient, kind="consent", by=by, at=at)
    rows = Restriction.objects.select_related("recipient", "related_person").filter(patient=found)
    views = [_view(row) for row in rows.order_by("-pk")]
    return tuple(sorted(views, key=lambda view: view.ended_at is not None))


def _view(row: Restriction) -> RestrictionView:
    named = row.recipient or row.related_person
    classes = "; ".join(RECIPIENTS[one].words for one in RECIPIENTS if one in row.recipient_classes)
    return RestrictionView(
        row.uid,
        row.text,
        tuple(KINDS[one].words for one in KINDS if one in row.kinds) or ("everything",),
        named.name if named else classes or "anyone",
        row.agreed_at,
        row.ended_at,
    )
