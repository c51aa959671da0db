"""The rows of a booking that nothing speaks against."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from throughcare.pathway.actor import Actor
from throughcare.pathway.clinic.founding import find_site
from throughcare.pathway.group.group import find_practitioner, find_room
from throughcare.pathway.seat.seats import appointment
from throughcare.pathway.week.booking import NewSession, find_guests, spans_on
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient, RelatedPerson
from throughcare.records.sessions import Appointment, Session, SessionGuest, SessionStaff


def write_sessions(
    new: NewSession,
    days: Sequence[date],
    patients: Sequence[Patient],
    *,
    by: Actor,
    at: datetime,
    like: Session | None = None,
) -> tuple[UUID, ...]:
    """The rows of a checked booking; `like` is a session whose group, seats and series the new one takes over."""
    site = find_site(new.site, by=by)
    room = find_room(new.room, site=site.pk, by=by) if new.room else None
    staff = [find_practitioner(one, by=by) for one in new.staff]
    series = like.series if like else (uuid4() if len(days) > 1 else None)
    stamp = {"organization_id": by.organization, "recorded_by_id": by.account, "recorded_at": at}
    sessions = Session.objects.bulk_create(
        Session(
            **stamp,
            site=site,
            group_id=like.group_id if like else None,
            session_type=new.kind,
            title=span.title,
            room=room,
            telehealth_url=new.telehealth_url,
            way=new.way,
            series=series,
            capacity=like.capacity if like else len(patients),
            local_day=day,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            break_minutes=new.break_minutes,
        )
        for day, span in zip(days, spans_on(new, days, site, by=by), strict=True)
    )
    SessionStaff.objects.bulk_create(
        SessionStaff(**stamp, session=session, practitioner=who) for session in sessions for who in staff
    )
    _expect(sessions, patients, by=by, at=at)
    _expect_guests(sessions, find_guests(new, patients), by=by, at=at)
    return tuple(session.uid for session in sessions)


def _expect(sessions: Sequence[Session], patients: Sequence[Patient], *, by: Actor, at: datetime) -> None:
    episodes = dict(
        Episode.objects.filter(patient__in=patients, ended_at__isnull=True).values_list("patient_id", "pk")
    )
    Appointment.objects.bulk_create(
        appointment(session, one.pk, episode=episodes.get(one.pk), at=at, recorded_by=by.account)
        for session in sessions
        for one in patients
    )


def _expect_guests(
    sessions: Sequence[Session], people: Sequence[RelatedPerson], *, by: Actor, at: datetime
) -> None:
    SessionGuest.objects.bulk_create(
        SessionGuest(
            organization_id=by.organization,
            session=session,
            person=person,
            recorded_by_id=by.account,
            recorded_at=at,
        )
        for session in sessions
        for person in people
    )
