"""The book of sessions: groups' sessions made ahead of time, one-to-one and family sessions booked, moved, canceled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from throughcare.knowledge.canceling import MOVED, ONCE, SEAT, SERIES
from throughcare.knowledge.verdict import Refused
from throughcare.knowledge.week_rules import Span, say_span
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.group.group import lock_group
from throughcare.pathway.line.session_line import fill_sessions
from throughcare.pathway.privacy.guards import open_roster
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.seat.held_time import DAYS_AHEAD
from throughcare.pathway.seat.seats import appointment, hold_sessions, release
from throughcare.pathway.week.booking import (
    NewSession,
    holiday_free_days,
    lock_parties,
    naive_local,
    open_patients,
    weigh_booking,
)
from throughcare.pathway.week.booking_rows import write_sessions
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Organization
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import Group

MOST_WEEKS = 26


@transaction.atomic
def extend_sessions(organization: int, *, until: date, at: datetime) -> int:
    """Make the sessions of every group up to a day; safe to run again and again. How many were made."""
    groups = Group.objects.select_for_update(of=("self",)).filter(organization_id=organization)
    running = groups.filter(Q(ended_date__isnull=True) | Q(ended_date__gte=at.date()))
    made = hold_sessions(list(running.select_related("site", "room").order_by("pk")), until=until, at=at)
    if made:
        seats = Appointment.objects.filter(
            organization_id=organization, session__group__isnull=False, recorded_at=at
        )
        seated = set(seats.values_list("patient", flat=True))
        note_own_work("sessions ahead", "schedule", seated, organization=organization, at=at)
    return made


def extend_every_schedule(*, at: datetime) -> str:
    """Make the sessions ahead of every organization's groups, as far as arrangements are checked; what was done."""
    made = 0
    for organization in Organization.objects.values_list("pk", flat=True):
        made += extend_sessions(organization, until=at.date() + timedelta(days=DAYS_AHEAD), at=at)
    return f"{made} made"


def book_session(new: NewSession, *, by: Actor, at: datetime) -> UUID:
    """Book one session for one person or a few. Raises `Cannot` with everything that speaks against it."""
    return book_series(new, weeks=1, by=by, at=at)[0]


def book_series(new: NewSession, *, weeks: int, every: int = 1, by: Actor, at: datetime) -> tuple[UUID, ...]:
    """Book the same session every week, or every so many, at the same wall-clock time; holidays are left out.

    The whole series is checked before any row is written.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise Cannot(f"Book 1 to {MOST_WEEKS} weeks at once.", field="weeks")
    patients = open_patients(new.patients, by=by, at=at)
    days = holiday_free_days(new, weeks=weeks, every=every, by=by)
    with transaction.atomic():
        lock_parties(patients, staff=new.staff, room=new.room, by=by)
        require_none(weigh_booking(new, days, patients, by=by, at=at))
        return write_sessions(new, days, patients, by=by, at=at)


def require_none(against: Sequence[Refused]) -> None:
    """Raise `Cannot` with every refusal, when there is one."""
    if against:
        raise Cannot(" ".join(one.because for one in against), cite=against[0].cite)


def reschedule_session(
    session: UUID,
    *,
    starts_at: datetime,
    minutes: int | None = None,
    practitioner: UUID | None = None,
    staff: Sequence[UUID] = (),
    room: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Move one session, with everyone in it, to another time: the old one is canceled, a new one takes its place.

    `practitioner` leads it in place of the first of those who do, `staff` in place of all of them.
    """
    old = _open_session(session, by=by, at=at)
    _require_to_come(old, at)
    seats = old.appointments.filter(released_at__isnull=True).select_related("patient")
    patients = [seat.patient for seat in seats]
    new = _as_asked(old, patients, starts_at=starts_at, minutes=minutes, practitioner=practitioner, room=room)
    if staff:
        new = replace(new, practitioner=staff[0], beside=tuple(staff[1:]))
    days = [naive_local(new, by=by).date()]
    with transaction.atomic():
        lock_parties(patients, staff=new.staff, room=new.room, by=by)
        require_none(weigh_booking(new, days, patients, by=by, at=at, besides=old))
        (moved,) = write_sessions(new, days, patients, by=by, at=at, like=old)
        row = Session.objects.get(uid=moved)
        because = f"Moved to {say_span(Span(row.starts_at, row.ends_at), old.site.time_zone)}."
        Session.objects.filter(pk=old.pk).update(
            cancelled_at=at, cancelled_how=MOVED, cancelled_because=because
        )
        release(old.appointments.all(), because=because, at=at)
    return moved


def _as_asked(
    old: Session,
    patients: Sequence[Patient],
    *,
    starts_at: datetime,
    minutes: int | None,
    practitioner: UUID | None,
    room: UUID | None,
) -> NewSession:
    """The session as it was, with what is asked to be different."""
    led_by = [row.practitioner.uid for row in old.staff.select_related("practitioner").order_by("pk")]
    return NewSession(
        kind=old.session_type,
        site=old.site.uid,
        practitioner=practitioner or (led_by[0] if led_by else None),
        beside=tuple(led_by[1:]),
        guests=tuple(old.guests.order_by("pk").values_list("person__uid", flat=True)),
        patients=tuple(patient.uid for patient in patients),
        starts_at=starts_at,
        minutes=minutes or int((old.ends_at - old.starts_at).total_seconds() // 60),
        room=room or (old.room.uid if old.room else None),
        title=old.title,
        telehealth_url=old.telehealth_url,
        break_minutes=old.break_minutes,
        way=old.way,
    )


def cancel_session(session: UUID, *, because: str, by: Actor, at: datetime) -> None:
    """Cancel one session for everyone. Those expected stay on its list, as canceled by the program."""
    row = _open_session(session, by=by, at=at)
    _require_to_come(row, at)
    _require_reason(because)
    Session.objects.filter(pk=row.pk).update(
        cancelled_at=at, cancelled_how=ONCE, cancelled_because=because.strip()[:200]
    )


def cancel_rest(session: UUID, *, because: str, by: Actor, at: datetime) -> int:
    """Cancel a session and all later ones of its series; how many."""
    row = _open_session(session, by=by, at=at)
    _require_reason(because)
    if row.series is None:
        where = "Close the group, or end its weekly time." if row.group_id else "Cancel it alone."
        raise Cannot(f"This session was not booked as a series. {where}")
    rest = rest_of_series(row, at=at)
    return rest.update(cancelled_at=at, cancelled_how=SERIES, cancelled_because=because.strip()[:200])


def rest_of_series(session: Session, *, at: datetime) -> QuerySet[Session]:
    """A session and the later ones of its series that are still to come."""
    rest = Session.objects.filter(
        organization_id=session.organization_id, series=session.series, starts_at__gte=session.starts_at
    )
    return rest.filter(starts_at__gt=at, cancelled_at__isnull=True)


def release_seat(session: UUID, patient: UUID, *, because: str, by: Actor, at: datetime) -> None:
    """Give back one person's seat in one session; the session and the rest of their week stay."""
    (person,) = open_patients([patient], by=by, at=at)
    _require_reason(because)
    seats = Appointment.objects.filter(
        organization_id=by.organization, session__uid=session, patient=person, released_at__isnull=True
    )
    seat = seats.select_related("session").first()
    if seat is None:
        raise Absent("seat")
    _require_to_come(seat.session, at)
    with transaction.atomic():
        seats.update(released_at=at, released_how=SEAT, released_because=because.strip()[:200])
        fill_sessions([seat.session_id], at=at)


def give_seat(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> None:
    """Expect a person at one session of a group they are not in, such as a make-up; seats are counted under a lock."""
    (person,) = open_patients([patient], by=by, at=at)
    found = Session.objects.filter(organization_id=by.organization, uid=session)
    row = found.select_related("site", "room", "group").first()
    if row is None:
        raise Absent("session")
    new = NewSession(row.session_type, row.site.uid, None, (patient,), row.starts_at, 0, title=row.title)
    episode = Episode.objects.filter(patient=person, ended_at__isnull=True).first()
    with transaction.atomic():
        if row.group is not None:
            lock_group(row.group.uid, by=by)
        lock_parties([person], staff=(), room=None, by=by)
        _require_to_come(row, at)
        if row.appointments.filter(released_at__isnull=True, patient=person).exists():
            raise Cannot("This person has a seat in the session already.")
        require_none(weigh_booking(new, [row.local_day], [person], by=by, at=at, besides=row, joins=row))
        key = episode.pk if episode else None
        appointment(row, person.pk, episode=key, at=at, recorded_by=by.account).save()


def _open_session(session: UUID, *, by: Actor, at: datetime) -> Session:
    row = (
        Session.objects.select_related("site", "room", "group")
        .filter(organization_id=by.organization, uid=session)
        .first()
    )
    if row is None:
        raise Absent("session")
    patients = row.appointments.filter(released_at__isnull=True).values_list("patient_id", flat=True)
    open_roster("schedule", list(patients), by=by, at=at, verb="change")
    return row


def _require_to_come(session: Session, at: datetime) -> None:
    if session.cancelled_at is not None:
        raise Cannot("This session is canceled.")
    if session.starts_at <= at:
        raise Cannot("This session has begun. What was is recorded as attendance, not changed here.")


def _require_reason(because: str) -> None:
    if not because.strip():
        raise Cannot("Say why in a few words.", field="because")
