"""Raising a crisis: the crisis, its first page and its dues are one transaction, so that none is there alone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.knowledge.crisis.climb import next_page, step_of
from throughcare.knowledge.crisis.sources import SOURCES
from throughcare.knowledge.safety import PRIORITY
from throughcare.pathway.accounts import first_site
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.crisis.crisis_rows import clock_of
from throughcare.pathway.crisis.dues import keep_dues
from throughcare.pathway.crisis.hearing import hear_about
from throughcare.pathway.crisis.paging import page_step
from throughcare.pathway.privacy.consent import site_of
from throughcare.records.crises import Crisis
from throughcare.records.organizations import Site
from throughcare.records.people import Patient

_NO_SITE = "Open a site first: nobody can be paged without one."
_OUTSIDE = frozenset({"public", "patient", "family", "alumnus"})


@dataclass(frozen=True)
class _Said:
    """What came in, checked."""

    priority: str
    source: str
    words: str
    key: str = ""
    callback: str = ""
    said_name: str = ""
    happened_at: datetime | None = None


def check_said(priority: str, source: str, happened_at: datetime | None, *, at: datetime) -> None:
    """Raise `Cannot` for an unknown priority or source, or a moment to come. For this package."""
    if priority not in PRIORITY:
        raise Cannot("Choose how urgent it is.", field="priority")
    if source not in SOURCES:
        raise Cannot("Choose how it came in.", field="source")
    if happened_at is not None and happened_at > at:
        raise Cannot("That moment is still to come.", field="happened_at")


@transaction.atomic
def raise_crisis(
    patient: UUID | Patient,
    *,
    priority: str,
    source: str,
    words: str,
    key: str = "",
    callback: str = "",
    happened_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Raise a crisis about a person and page who is on call; the same `key` raises once. Its public id.

    `callback` is a number to call, where it isn't the one on record; `happened_at` is when it came to us, where it
    could not be written down at once. The person, whoever they let in and staff may raise one; raising shows nothing of
    the record. Raises `Absent` to strangers, `Cannot` for an unknown priority.
    """
    said = _Said(priority, source, words.strip(), key, callback.strip(), happened_at=happened_at)
    check_said(priority, source, happened_at, at=at)
    found = hear_about(patient, by=by, at=at)
    return _raise(site_of(found), found, said, by=by, at=at)


@transaction.atomic
def raise_about_someone(
    said_name: str,
    *,
    priority: str,
    source: str = "call",
    words: str,
    key: str = "",
    callback: str = "",
    happened_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Raise a crisis about somebody whom we don't know yet; it tells nobody whether they are ours. Its public id.

    Any staff may (a call that reception takes), and the program (a text from a number that it doesn't know).
    """
    if not by.roles - _OUTSIDE:
        raise CannotSee("Staff log calls here. Use “Get help now” on your own pages.")
    said = _Said(priority, source, words.strip(), key, callback.strip(), said_name.strip(), happened_at)
    check_said(priority, source, happened_at, at=at)
    if not (said.words or said.said_name):
        raise Cannot("Write what was said.", field="words")
    own = Site.objects.filter(organization_id=by.organization, pk__in=by.sites).order_by("pk").first()
    return _raise(own or first_site(by.organization), None, said, by=by, at=at)


def _raise(site: Site | None, patient: Patient | None, said: _Said, *, by: Actor, at: datetime) -> UUID:
    if site is None:
        raise Cannot(_NO_SITE)
    already = _already(said.key, organization=by.organization)
    if already is not None:
        return already
    clock = clock_of(site, at=at)
    crisis = Crisis(
        organization_id=by.organization,
        site=site,
        patient=patient,
        priority=said.priority,
        source=said.source,
        words=said.words,
        callback=said.callback,
        said_name=said.said_name,
        key=said.key,
        happened_at=said.happened_at,
        steps=1,
        next_page_at=next_page(said.priority, 1, raised_at=at, clock=clock),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    try:
        with transaction.atomic():
            crisis.save(force_insert=True)
    except IntegrityError:  # raised by somebody else at the same moment
        already = _already(said.key, organization=by.organization)
        if already is None:
            raise
        return already
    page_step(crisis, said.priority, step_of(said.priority, 0, raised_at=at, clock=clock), at=at)
    keep_dues(crisis, at=at)
    return crisis.uid


def _already(key: str, *, organization: int) -> UUID | None:
    if not key:
        return None
    return Crisis.objects.filter(organization=organization, key=key).values_list("uid", flat=True).first()
