"""A patient lets someone close in from their own page: who, what they may be told, signed first, then the way in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.family.invitations import invite_relation
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import NewConsent, draft_consent
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.records.consents import Consent
from throughcare.records.people import Patient, RelatedPerson


@dataclass(frozen=True)
class NewClose:
    """Whom a patient wants to let in, and what they may be told until when. `related`: someone entered already."""

    kinds: frozenset[str]
    expires_at: datetime
    related: UUID | None = None
    name: str = ""
    relationship: str = ""


@transaction.atomic
def begin_letting_in(new: NewClose, *, by: Actor, at: datetime) -> UUID:
    """Prepare the consent that the patient signs before anyone is let in; its public id."""
    patient = own_patient(by=by)
    found = open_patient(patient, kind="consent", verb="change", by=by, at=at)
    if not new.kinds or not new.kinds <= MAY_LEAVE - APART:
        raise Cannot(_("Choose what they may be told."), field="kinds")
    related = new.related or _enter(found, new, by=by, at=at)
    asked = NewConsent(
        "family",
        kinds=new.kinds,
        purposes=frozenset({"family_involvement"}),
        related_person=related,
        expires_at=new.expires_at,
    )
    return draft_consent(patient, asked, by=by, at=at)


def _enter(patient: Patient, new: NewClose, *, by: Actor, at: datetime) -> UUID:
    if not new.name.strip():
        raise Cannot(_("Write their name."), field="name")
    if not new.relationship.strip():
        raise Cannot(_("Say who they are to you."), field="relationship")
    return RelatedPerson.objects.create(
        organization_id=by.organization,
        patient=patient,
        name=new.name.strip(),
        relationship=new.relationship.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def has_agreed(related: UUID, *, by: Actor, at: datetime) -> bool:
    """Whether the patient's own signed consent to this person is in force."""
    lasts = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
    standing = Consent.objects.filter(lasts, patient=by.patient or 0, related_person__uid=related)
    return standing.filter(given_at__isnull=False, revocation__isnull=True, event__isnull=True).exists()


@transaction.atomic
def let_in(related: UUID, *, email: str, by: Actor, at: datetime) -> str:
    """The token of the link with which someone close signs in. The patient's consent is signed first."""
    if not RelatedPerson.objects.filter(uid=related, patient=by.patient or 0, ended_at=None).exists():
        raise Absent("related person")
    if not has_agreed(related, by=by, at=at):
        raise Cannot(_("Sign first what they may be told. Until then there is nothing to let them see."))
    return invite_relation(related, email=email, by=by, at=at)
