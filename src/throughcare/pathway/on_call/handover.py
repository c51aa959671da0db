"""Handover notes: what whoever was on call tells the next, until they have read it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, require
from throughcare.pathway.on_call.planning import find_site
from throughcare.pathway.privacy import at_sites, may_access
from throughcare.records.on_call import HandoverNote


@transaction.atomic
def leave_handover(site: UUID, words: str, *, by: Actor, at: datetime) -> UUID:
    """Write to whoever is on call next."""
    require(may_access("crisis", by=by, verb="change"), CannotSee)
    if not words.strip():
        raise Cannot("Write what the next one needs to know.", field="words")
    return HandoverNote.objects.create(
        organization_id=by.organization,
        site=find_site(site, by=by),
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def read_handover(note: UUID, *, by: Actor, at: datetime) -> None:
    """Whoever is on call has read it. Twice is once. Raises `Absent`."""
    require(may_access("crisis", by=by, verb="change"), CannotSee)
    rows = HandoverNote.objects.filter(organization_id=by.organization, uid=note)
    found = at_sites(rows, "crisis", by=by, verb="change").first()
    if found is None:
        raise Absent("note")
    if found.read_at is None and by.account is not None:
        found.read_at, found.read_by_id = at, by.account
        found.save(update_fields=["read_at", "read_by"])
