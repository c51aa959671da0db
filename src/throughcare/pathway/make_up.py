"""Make-up sessions: a seat for one time at a session, for someone who missed another."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import require
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.seats import appointment
from throughcare.pathway.session_rows import find_session
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Appointment, Session


@transaction.atomic
def book_make_up(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> UUID:
    """Expect a person at one session that makes up for a missed one; its hours add to what is delivered only.

    Raises `Cannot` when the session is over, canceled or full, when the person is expected there already, or is
    not in the program.
    """
    person = open_patient(patient, kind="schedule", by=by, at=at, verb="change")
    found = find_session(session, by=by)
    Session.objects.select_for_update().get(pk=found.pk)
    require(check_make_up(found, person.pk, at=at))
    episode = Episode.objects.get(patient=person, ended_at__isnull=True)
    seat = appointment(found, person.pk, episode=episode.pk, at=at, recorded_by=by.account)
    seat.is_make_up = True
    seat.save(force_insert=True)
    return seat.uid


def check_make_up(session: Session, patient: int, *, at: datetime) -> Verdict:
    """Whether the person (key) may make up a missed session here."""
    if session.cancelled_at is not None:
        return Refused("The session was canceled. Choose another one.")
    if at >= session.ends_at:
        return Refused("The session is over. Choose one that is still to come.")
    if not Episode.objects.filter(patient=patient, ended_at__isnull=True).exists():
        return Refused("This person is not in the program now.")
    seated = Appointment.objects.filter(session=session, released_at__isnull=True)
    if seated.filter(patient=patient).exists():
        return Refused("This person is expected at this session already.")
    if seated.count() >= session.capacity:
        return Refused(f"All {session.capacity} seats are taken. Choose another session.")
    return Allowed()
