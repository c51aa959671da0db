"""A make-up seat given back: it was given by mistake, and the reason stays with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.recording.make_up_seats import check_give_back
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.line.session_line import fill_sessions
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.session.session_rows import SessionHead, called, describe, find_session
from throughcare.records.attendance import Attendance
from throughcare.records.notes import Note
from throughcare.records.offers import MakeUpOffer
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session


@dataclass(frozen=True)
class GivenSeat:
    """A make-up seat and whether it may be given back at this moment."""

    head: SessionHead
    patient: UUID
    name: str
    may_give_back: Verdict


def make_up_seat(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> GivenSeat:
    """A person's make-up seat at a session. Raises `Absent` where they have none."""
    person = open_patient(patient, kind="make_up", by=by, at=at)
    found = find_session(session, by=by)
    verdict = _check(found, _seat(found, person), at=at)
    return GivenSeat(describe(found), person.uid, called(person), verdict)


def give_back_make_up(session: UUID, patient: UUID, *, because: str, by: Actor, at: datetime) -> None:
    """Give back a make-up seat that was given by mistake; an absence recorded for it goes with it.

    Raises `Cannot` without a reason, once the person came, and once the session began on a later day than it was given.
    """
    person = open_patient(patient, kind="make_up", by=by, at=at, verb="change")
    found = find_session(session, by=by)
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).get(pk=person.pk)
        seat = _seat(found, person)
        require(_check(found, seat, at=at))
        if not because.strip():
            raise Cannot("Say in a few words why the seat is given back.", field="because")
        # Not through `release`: that one leaves seats of sessions that have begun alone.
        given = Appointment.objects.filter(pk=seat.pk)
        given.update(released_at=at, released_because=because.strip()[:200])
        Attendance.objects.filter(appointment=seat, retired_at__isnull=True).update(retired_at=at)
        offers = MakeUpOffer.objects.filter(attendance__appointment=seat, ended_at__isnull=True)
        offers.update(ended_at=at, how="withdrawn")
        fill_sessions([found.pk], at=at)


def _seat(session: Session, person: Patient) -> Appointment:
    seats = Appointment.objects.filter(session=session, patient=person, released_at__isnull=True)
    seat = seats.first()
    if seat is None:
        raise Absent("seat")
    return seat


def _check(session: Session, seat: Appointment, *, at: datetime) -> Verdict:
    zone = session.site.time_zone
    standing = Attendance.objects.filter(appointment=seat, retired_at__isnull=True).first()
    return check_give_back(
        is_make_up=seat.is_make_up,
        has_begun=session.starts_at <= at,
        given_today=local_day(seat.recorded_at, zone) == local_day(at, zone),
        status=standing.status if standing else None,
        has_note=Note.objects.filter(session=session, patient_id=seat.patient_id).exists(),
    )
