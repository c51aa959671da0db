"""A crisis that was dealt with while the program was away, entered afterwards with its own times. Nobody is paged."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.crisis.answering import add_entry
from throughcare.pathway.crisis.climbing import set_next_page
from throughcare.pathway.crisis.dues import keep_dues
from throughcare.pathway.crisis.hearing import hear_about
from throughcare.pathway.crisis.raising import check_said
from throughcare.pathway.privacy.consent import site_of
from throughcare.records.crises import Crisis, CrisisTaking


@dataclass(frozen=True)
class PastCrisis:
    """What stood on paper: when it came to us and when somebody spoke with the person."""

    priority: str
    words: str
    happened_at: datetime
    reached_at: datetime
    callback: str = ""


@transaction.atomic
def enter_past_crisis(patient: UUID, past: PastCrisis, *, key: str = "", by: Actor, at: datetime) -> UUID:
    """Write it down as the enterer's own, with the contact that was made; the rest of its log follows as always.

    Raises `Cannot` for times to come or out of order, `CannotSee` for whoever may not answer a crisis.
    """
    if by.account is None:
        raise CannotSee("Sign in first: what was done in a crisis has a name beside it.")
    check_said(past.priority, "staff", past.happened_at, at=at)
    if not past.happened_at <= past.reached_at <= at:
        raise Cannot("Between when it came to us and now: correct the time.", field="reached_at")
    found = hear_about(patient, by=by, at=at)
    site = site_of(found)
    if site is None:
        raise Cannot("Open a site first.")
    already = Crisis.objects.filter(organization=by.organization, key=key).first() if key else None
    if already is not None:
        return already.uid
    fact = {"organization_id": by.organization, "recorded_by_id": by.account, "recorded_at": at}
    crisis = Crisis.objects.create(
        **fact,
        site=site,
        patient=found,
        priority=past.priority,
        source="staff",
        words=past.words.strip(),
        callback=past.callback.strip(),
        key=key,
        happened_at=past.happened_at,
    )
    CrisisTaking.objects.create(**fact, crisis=crisis, account_id=by.account, number=1)
    add_entry(crisis, "reached", choice="person", happened_at=past.reached_at, by=by, at=at)
    keep_dues(crisis, at=at)
    set_next_page(crisis, at=at)
    return crisis.uid
