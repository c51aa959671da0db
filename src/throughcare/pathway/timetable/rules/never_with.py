"""People and staff who must never be in one session: known to few, and only a clash is told to others."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.group.group import find_practitioner
from throughcare.pathway.privacy import open_patient
from throughcare.records.week_rules import NeverWith


@dataclass(frozen=True)
class NeverPair:
    """Someone on the staff whom a person must not meet, and why."""

    uid: UUID
    practitioner: UUID
    name: str
    reason: str
    since: datetime


def keep_from_staff(patient: UUID, practitioner: UUID, *, reason: str, by: Actor, at: datetime) -> UUID:
    """Note that a person and someone who works here must not be in one session."""
    person = open_patient(patient, kind="kept_apart", by=by, at=at, verb="change")
    who = find_practitioner(practitioner, by=by)
    if not reason.strip():
        raise Cannot("Say why, for those who may read it.", field="reason")
    if NeverWith.objects.filter(patient=person, practitioner=who, ended_at__isnull=True).exists():
        raise Cannot("These two are kept apart already.", field="practitioner")
    return NeverWith.objects.create(
        organization_id=by.organization,
        patient=person,
        practitioner=who,
        reason=reason.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def end_keeping_from_staff(patient: UUID, pair: UUID, *, by: Actor, at: datetime) -> None:
    """Let them meet again."""
    person = open_patient(patient, kind="kept_apart", by=by, at=at, verb="change")
    rows = NeverWith.objects.filter(patient=person, uid=pair, ended_at__isnull=True)
    if not rows.update(ended_at=at):
        raise Absent("pair")


def kept_from_staff(patient: UUID, *, by: Actor, at: datetime) -> list[NeverPair]:
    """Whom of the staff a person must not meet, and why."""
    person = open_patient(patient, kind="kept_apart", by=by, at=at)
    rows = NeverWith.objects.filter(patient=person, ended_at__isnull=True).select_related("practitioner")
    return [
        NeverPair(
            row.uid, row.practitioner.uid, practitioner_name(row.practitioner), row.reason, row.recorded_at
        )
        for row in rows.order_by("recorded_at", "pk")
    ]
