"""Forms that were sent: what makes a double click one record."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.pathway.actor import Actor
from throughcare.records.accesses import Submission


def start_submission(key: UUID, *, by: Actor | None, at: datetime) -> bool:
    """Claim a form's key; False when it was sent before."""
    try:
        with transaction.atomic():
            Submission.objects.create(
                key=key,
                organization_id=by.organization if by else None,
                account_id=by.account if by else None,
                submitted_at=at,
            )
    except IntegrityError:
        return False
    return True


def finish_submission(key: UUID, *, location: str) -> None:
    """Remember where the form led; with nowhere, the key is free again, since nothing was recorded."""
    if location:
        Submission.objects.filter(key=key).update(location=location[:300])
    else:
        Submission.objects.filter(key=key).delete()


def landing_of(key: UUID) -> str:
    """Where the first sending of this form led; empty while it is still at work."""
    return Submission.objects.filter(key=key).values_list("location", flat=True).first() or ""
