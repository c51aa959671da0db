"""Events in a person's life that the watch should know of: recorded by staff, taken back when it was a mistake."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.warning_signs.living import EVENTS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy import open_patient
from throughcare.records.signs import LifeEvent

KIND = "warning_sign"


@dataclass(frozen=True)
class EventLine:
    """One event in words."""

    uid: UUID
    title: str
    on: date | None
    words: str
    recorded_at: datetime
    by: str


@transaction.atomic
def record_life_event(
    patient: UUID, *, kind: str, on: date | None = None, words: str = "", by: Actor, at: datetime
) -> UUID:
    """Write down what happened. An anniversary needs its day: the watch sees it coming."""
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    if kind not in EVENTS:
        raise Cannot("Choose what happened.", field="kind")
    if kind == "anniversary" and on is None:
        raise Cannot("Give the day of the anniversary, the next one.", field="on")
    return LifeEvent.objects.create(
        organization_id=by.organization,
        patient=found,
        kind=kind,
        on_date=on,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def take_back_life_event(event: UUID, *, by: Actor, at: datetime) -> None:
    """It was recorded by mistake: the sign that rests on it is withdrawn by the next look."""
    rows = LifeEvent.objects.filter(organization_id=by.organization, uid=event, retired_at__isnull=True)
    row = rows.select_related("patient").first()
    if row is None:
        raise Absent("event")
    open_patient(row.patient, kind=KIND, by=by, at=at, verb="change")
    rows.update(retired_at=at)


def life_events_of(patient: UUID, *, by: Actor, at: datetime) -> tuple[EventLine, ...]:
    """What is recorded, the newest first."""
    found = open_patient(patient, kind=KIND, by=by, at=at)
    rows = LifeEvent.objects.filter(organization_id=by.organization, patient=found, retired_at__isnull=True)
    return tuple(
        EventLine(
            row.uid,
            EVENTS[row.kind],
            row.on_date,
            row.words,
            row.recorded_at,
            row.recorded_by.name if row.recorded_by else "",
        )
        for row in rows.select_related("recorded_by").order_by("-recorded_at", "-pk")
    )
