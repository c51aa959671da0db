"""A session's line as a page shows it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy.guards import open_roster
from throughcare.pathway.session.session_rows import SessionHead, called, describe, find_session
from throughcare.records.sessions import Appointment
from throughcare.records.waiting import HeldSeat, SessionWait


@dataclass(frozen=True)
class Waiting:
    """Someone in line."""

    patient: UUID
    name: str
    since: datetime
    is_guarded: bool


@dataclass(frozen=True)
class SessionLine:
    """Who waits for a session, the first in line first; `held` seats wait for an answer."""

    head: SessionHead
    taken: int
    capacity: int
    held: int
    people: tuple[Waiting, ...]


def line_of_session(session: UUID, *, by: Actor, at: datetime) -> SessionLine:
    """Who waits for a seat in a session; the page is written in the book of accesses."""
    row = find_session(session, by=by)
    waits = SessionWait.objects.filter(session=row, ended_at__isnull=True).select_related("patient")
    line = list(waits.order_by("pk"))
    hidden = open_roster("make_up", [wait.patient_id for wait in line], by=by, at=at)
    held = HeldSeat.objects.filter(
        appointment__session=row, answered_at__isnull=True, appointment__released_at__isnull=True
    )
    return SessionLine(
        head=describe(row),
        taken=Appointment.objects.filter(session=row, released_at__isnull=True).count(),
        capacity=row.capacity,
        held=held.count(),
        people=tuple(
            Waiting(
                wait.patient.uid, called(wait.patient, hidden), wait.recorded_at, wait.patient_id in hidden
            )
            for wait in line
        ),
    )
