"""A person's own sessions: those of today and to come, each with what they can do now."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.between_sessions import CheckIn
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.own_times import (
    TIMES,
    Times,
    check_in_time,
    check_out_time,
    climate_time,
    join_time,
    own_seat,
    times_of,
)
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.session.session_rows import local, place_of
from throughcare.records.check_ins import CheckIn as CheckInRow
from throughcare.records.check_ins import CheckOut, Presence
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session, SessionStaff

DAYS_AHEAD = 14


@dataclass(frozen=True)
class OwnSession:
    """One session that a person is expected at, on the clocks of its site."""

    uid: UUID
    title: str
    kind: str
    day: date
    starts: datetime
    ends: datetime
    time_zone: str
    place: str
    led_by: tuple[str, ...]
    is_today: bool
    is_over: bool
    is_canceled: bool
    is_make_up: bool
    has_checked_in: bool
    has_checked_out: bool
    has_joined: bool
    may_check_in: Verdict
    may_join: Verdict
    may_check_out: Verdict
    may_cancel: bool


@dataclass(frozen=True)
class OwnAnswers:
    """One session of a person's own with what they have answered so far."""

    patient: UUID
    session: OwnSession
    check_in: CheckIn
    check_out: str
    may_tell_climate: Verdict


@dataclass(frozen=True)
class Done:
    """The sessions (keys) that a person has checked in to, checked out of, and is in by video."""

    checked_in: Collection[int]
    checked_out: Collection[int]
    joined: Collection[int]


def own_sessions(*, by: Actor, at: datetime) -> tuple[OwnSession, ...]:
    """The signed-in patient's sessions from just over to two weeks ahead, in order; a fixed number of queries."""
    person = open_patient(own_patient(by=by), kind="schedule", by=by, at=at)
    times = numbers(*TIMES, organization=by.organization, on=at.date())
    seats = list(
        Appointment.objects.select_related("session__site", "session__room")
        .filter(
            organization_id=by.organization,
            patient=person,
            released_at__isnull=True,
            session__ends_at__gt=at - timedelta(hours=times["check_out.closes_hours"]),
            session__starts_at__lt=at + timedelta(days=DAYS_AHEAD),
        )
        .order_by("session__starts_at", "pk")
    )
    return _described(seats, person, times, at=at)


def own_session(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> OwnAnswers:
    """One of a person's own sessions with their answers. Raises `Absent` for any other session."""
    person = open_patient(patient, kind="check_in", by=by, at=at)
    seat = own_seat(session, person)
    times = times_of(seat.session)
    (one,) = _described([seat], person, times, at=at)
    here = {"session": seat.session, "patient": person, "retired_at__isnull": True}
    said, after = CheckInRow.objects.filter(**here).first(), CheckOut.objects.filter(**here).first()
    return OwnAnswers(
        patient=person.uid,
        session=one,
        check_in=CheckIn(**said.answers) if said else CheckIn(),
        check_out=after.words if after else "",
        may_tell_climate=climate_time(seat, times, at=at),
    )


def _described(
    seats: Sequence[Appointment], person: Patient, times: Times, *, at: datetime
) -> tuple[OwnSession, ...]:
    keys = [seat.session_id for seat in seats]
    said = {"session__in": keys, "patient": person, "retired_at__isnull": True}
    checked_in = set(CheckInRow.objects.filter(**said).values_list("session", flat=True))
    checked_out = set(CheckOut.objects.filter(**said).values_list("session", flat=True))
    joined = Presence.objects.filter(
        session__in=keys, patient=person, way="video", left_at__isnull=True
    ).values_list("session", flat=True)
    done = Done(checked_in, checked_out, set(joined))
    staff: dict[int, list[str]] = defaultdict(list)
    for row in SessionStaff.objects.select_related("practitioner").filter(session__in=keys).order_by("pk"):
        staff[row.session_id].append(f"{row.practitioner.given_name} {row.practitioner.family_name}")
    return tuple(_own(seat, staff[seat.session_id], times, done, at=at) for seat in seats)


def _own(
    seat: Appointment,
    led_by: Sequence[str],
    times: Times,
    done: Done,
    *,
    at: datetime,
) -> OwnSession:
    session: Session = seat.session
    return OwnSession(
        uid=session.uid,
        title=session.title,
        kind=session_type(session.session_type).title,
        day=session.local_day,
        starts=local(session, session.starts_at),
        ends=local(session, session.ends_at),
        time_zone=session.site.time_zone,
        place=place_of(session),
        led_by=tuple(led_by),
        is_today=session.local_day == local_day(at, session.site.time_zone),
        is_over=at >= session.ends_at,
        is_canceled=session.cancelled_at is not None,
        is_make_up=seat.is_make_up,
        has_checked_in=session.pk in done.checked_in,
        has_checked_out=session.pk in done.checked_out,
        has_joined=session.pk in done.joined,
        may_check_in=check_in_time(session, times, at=at),
        may_join=join_time(session, times, at=at),
        may_check_out=check_out_time(session, times, at=at),
        may_cancel=session.cancelled_at is None and at < session.starts_at,
    )
