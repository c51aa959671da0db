"""A link with which a person answers what waits for them; only the token's digest is kept, and no name is in it."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.measure.waiting import WaitingMeasure, waiting_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.program_settings import number
from throughcare.pathway.signing_in.kiosks import make_code
from throughcare.records.measures import MeasureLink
from throughcare.records.people import Patient

LASTS = "measures.link_days"


@dataclass(frozen=True)
class MeasureVisit:
    """What a link opens: what waits, in the clinic's neutral name, and how to act as the person who holds it."""

    patient: UUID
    person: Actor
    neutral_name: str
    phone: str
    waiting: tuple[WaitingMeasure, ...]


@transaction.atomic
def make_link(patient: UUID, *, by: Actor, at: datetime) -> str:
    """A new link to what waits for a person, ending the ones before; its token, which is told once and not kept."""
    return link_for(open_patient(patient, kind="measure", by=by, at=at, verb="change"), by=by, at=at)


@transaction.atomic
def make_measure_code(patient: UUID, *, address: Callable[[str], str], by: Actor, at: datetime) -> str:
    """Six digits that open what waits at a kiosk of the clinic; links made before end."""
    row = open_patient(patient, kind="measure", by=by, at=at, verb="change")
    return make_code(row.pk, leads_to=address(link_for(row, by=by, at=at)), by=by, at=at)


def link_for(patient: Patient, *, by: Actor, at: datetime) -> str:
    """The same for a patient whose record was opened already; for pathway modules only."""
    MeasureLink.objects.filter(patient=patient, ended_at__isnull=True).update(ended_at=at)
    token = secrets.token_urlsafe(24)
    days = number(LASTS, organization=patient.organization_id, on=at.date())
    MeasureLink.objects.create(
        organization_id=patient.organization_id,
        patient=patient,
        token_digest=_digest(token),
        expires_at=at + timedelta(days=int(days)),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return token


def open_link(token: str, *, at: datetime, was_open: timedelta = timedelta(0)) -> MeasureVisit:
    """What a link opens; `was_open`: or one that ended no longer ago than this, for the page after the last answer.

    Raises `Absent` alike for one that is unknown, ended or expired.
    """
    link = (
        MeasureLink.objects.select_related("patient", "organization")
        .filter(token_digest=_digest(token), expires_at__gt=at)
        .first()
    )
    if link is None or (link.ended_at is not None and link.ended_at <= at - was_open):
        raise Absent("measure link")
    person = Actor(
        organization=link.organization_id,
        roles=frozenset({"patient"}),
        name="",
        surface="measure link",
    )
    site = site_of(link.patient)
    return MeasureVisit(
        patient=link.patient.uid,
        person=person,
        neutral_name=link.organization.neutral_name,
        phone=(site.phone if site else "") or link.organization.phone,
        waiting=waiting_of(link.patient.uid, by=person, at=at),
    )


def end_link_when_done(token: str, *, at: datetime) -> None:
    """End a link behind which nothing waits any more: it was for this once."""
    if not open_link(token, at=at).waiting:
        MeasureLink.objects.filter(token_digest=_digest(token), ended_at__isnull=True).update(ended_at=at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
