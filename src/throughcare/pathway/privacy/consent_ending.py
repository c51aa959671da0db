"""How a consent ends: taken back by the patient, on the page or by word of mouth, or by the event it names."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.privacy.consent import may_revoke
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.privacy.consent import open_consent
from throughcare.pathway.privacy.consents_kept import facts_of
from throughcare.records.consents import ConsentEvent, ConsentRevocation

How = Literal["page", "oral", "written"]
HOWS: dict[str, str] = {
    "page": "by themselves, on the page",
    "oral": "by word of mouth",
    "written": "in writing",
}


@transaction.atomic
def revoke_consent(consent: UUID, *, how: How, by: Actor, at: datetime, words: str = "") -> None:
    """Take a consent back from this moment on; what was sent before stays sent. Raises `Cannot` when it can't be."""
    row = open_consent(consent, by=by, at=at, verb="change", hold=True)
    if row.given_at is None:
        raise Cannot(_("This consent was never in force. Put it aside instead."))
    require(may_revoke(facts_of(row), at))
    if how not in HOWS or (how == "page") != (by.patient == row.patient_id):
        raise Cannot("Say how it was taken back: by word of mouth or in writing.", field="how")
    ConsentRevocation.objects.create(
        organization_id=by.organization,
        consent=row,
        how=how,
        words=words.strip(),
        revoked_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    )


@transaction.atomic
def record_event(consent: UUID, *, by: Actor, at: datetime) -> None:
    """The event came that a consent was to last until: it ends now."""
    row = open_consent(consent, by=by, at=at, verb="change", hold=True)
    if by.patient == row.patient_id:
        raise Cannot(_("Tell the staff that this has happened. They write it down."))
    if row.given_at is None or not row.ends_when:
        raise Cannot("This consent doesn't end with an event.")
    if ConsentEvent.objects.filter(consent=row).exists():
        raise Cannot("The event was written down already.")
    ConsentEvent.objects.create(
        organization_id=by.organization,
        consent=row,
        came_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    )
