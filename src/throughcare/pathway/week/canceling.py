"""Three acts of canceling: one session for everyone, one session for one person, the rest of a series.

Each has its own status, and each tells those whom it concerns in the transaction in which it is done.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.canceling import (
    MOVED,
    ONCE,
    SEAT,
    SERIES,
    say_moved,
    say_once,
    say_seat,
    say_series,
)
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.week_rules import Span, say_span
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.guards import open_roster
from throughcare.pathway.seat.change_telling import (
    GuestTold,
    ask_to_tell,
    guests_told,
    how_told,
    open_change,
    tell_concerned,
)
from throughcare.pathway.session.session_rows import place_of
from throughcare.pathway.week.schedule import (
    cancel_rest,
    cancel_session,
    release_seat,
    reschedule_session,
    rest_of_series,
)
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.week_changes import SessionChange


@dataclass(frozen=True)
class WillTell:
    """Who is told what, before it is done: each patient's sentences and how they hear of it; guests; staff."""

    people: tuple[tuple[str, tuple[str, ...], str], ...]
    guests: tuple[tuple[str, str], ...]
    staff: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class _Told:
    """The sentences by patient and by staff (keys), and the guests of the sessions."""

    people: Mapping[int, tuple[str, ...]]
    staff: Mapping[int, tuple[str, ...]]
    guests: Sequence[GuestTold]


@transaction.atomic
def cancel_for_everyone(session: UUID, *, because: str, by: Actor, at: datetime) -> UUID:
    """Cancel one session for everyone in it; the change's public id. Later ones stay."""
    row = _session(session, by=by)
    told = _told(ONCE, [row], at=at)
    cancel_session(session, because=because, by=by, at=at)
    return _write(ONCE, [row], told, because=because, by=by, at=at)


@transaction.atomic
def end_series(session: UUID, *, because: str, by: Actor, at: datetime) -> UUID:
    """Cancel a session and all later ones of its series; the change's public id."""
    row = _session(session, by=by)
    rows = list(rest_of_series(row, at=at).select_related("site").order_by("starts_at")) if row.series else []
    told = _told(SERIES, rows, at=at)
    cancel_rest(session, because=because, by=by, at=at)
    if not rows:
        raise Cannot("None of this series is still to come.")
    return _write(SERIES, rows, told, because=because, by=by, at=at)


@transaction.atomic
def cancel_for_one(session: UUID, patient: UUID, *, because: str, by: Actor, at: datetime) -> UUID:
    """One person doesn't come to one session, which is held for the others; the change's public id."""
    row = _session(session, by=by)
    person = open_patient(patient, kind="schedule", by=by, at=at, verb="change")
    told = _told(SEAT, [row], only=person.pk, at=at)
    release_seat(session, patient, because=because, by=by, at=at)
    return _write(SEAT, [row], told, because=because, by=by, at=at)


@transaction.atomic
def move_for_everyone(
    session: UUID,
    *,
    starts_at: datetime,
    minutes: int | None = None,
    practitioner: UUID | None = None,
    room: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Move one session with everyone in it, as `reschedule_session` does, and tell them; the change's public id."""
    row = _session(session, by=by)
    before = _told(ONCE, [row], at=at)
    moved = reschedule_session(
        session, starts_at=starts_at, minutes=minutes, practitioner=practitioner, room=room, by=by, at=at
    )
    to = Session.objects.select_related("site", "room").get(uid=moved)
    words = say_moved(what_of(row), when_of(row), when_of(to), place=place_of(to))
    now = SessionStaff.objects.filter(session=to).values_list("practitioner", flat=True)
    told = _Told(
        {key: (words, *lines[1:]) for key, lines in before.people.items()},
        dict.fromkeys([*before.staff, *now], (words,)),
        before.guests,
    )
    because = f"{what_of(row)} is held at another time."
    return _write(MOVED, [row], told, because=because, by=by, at=at, moved_to=to)


def will_tell(session: UUID, act: str, *, patient: UUID | None = None, by: Actor, at: datetime) -> WillTell:
    """Who would be told what by one of the three acts; nothing is changed."""
    row = _session(session, by=by)
    rows = [row]
    if act == SERIES and row.series:
        rows = list(rest_of_series(row, at=at).select_related("site").order_by("starts_at"))
    person = open_patient(patient, kind="schedule", by=by, at=at) if patient else None
    told = _told(act, rows, only=person.pk if person else None, at=at)
    hidden = open_roster("schedule", list(told.people), by=by, at=at)
    ways = how_told(list(told.people))
    seats = Appointment.objects.filter(session__in=rows, patient__in=told.people).select_related("patient")
    names = {seat.patient_id: seat.patient.called for seat in seats if seat.patient_id not in hidden}
    staff = SessionStaff.objects.filter(session__in=rows).select_related("practitioner").order_by("pk")
    leaders = {
        one.practitioner_id: f"{one.practitioner.given_name} {one.practitioner.family_name}" for one in staff
    }
    return WillTell(
        tuple(sorted((name, told.people[key], ways[key]) for key, name in names.items())),
        tuple((one.name, one.how) for one in told.guests if one.patient not in hidden),
        tuple((leaders[key], lines) for key, lines in told.staff.items()),
    )


def _session(session: UUID, *, by: Actor) -> Session:
    rows = Session.objects.filter(organization_id=by.organization, uid=session)
    found = rows.select_related("site").first()
    if found is None:
        raise Absent("session")
    return found


def _told(act: str, rows: Sequence[Session], *, at: datetime, only: int | None = None) -> _Told:
    """What each of those concerned is told; one sentence for each act, however many sessions it takes."""
    seats = Appointment.objects.filter(session__in=rows, released_at__isnull=True)
    if only is not None:
        seats = seats.filter(patient=only)
    people = sorted(set(seats.values_list("patient", flat=True)))
    guests = guests_told(rows, at=at) if rows else []
    if only is not None:
        guests = [one for one in guests if one.patient == only]
    staff = (
        SessionStaff.objects.filter(session__in=rows).order_by("pk").values_list("practitioner", flat=True)
    )
    return _Told(
        {key: (_say(act, rows), *ask_to_tell(guests, key)) for key in people} if rows else {},
        {key: (_say_staff(act, rows),) for key in dict.fromkeys(staff)},
        _once_each(guests),
    )


def _once_each(guests: Collection[GuestTold]) -> list[GuestTold]:
    return list({(one.patient, one.name): one for one in guests}.values())


def what_of(row: Session) -> str:
    """What a session is called to those it concerns: a one-to-one's own title may name somebody."""
    return row.title if row.group_id else SESSION_TYPES[row.session_type].title


def when_of(row: Session) -> str:
    """When a session is, in words, on its site's clocks."""
    return say_span(Span(row.starts_at, row.ends_at), row.site.time_zone)


def _say(act: str, rows: Sequence[Session]) -> str:
    first = rows[0]
    if act == SERIES:
        return say_series(what_of(first), when_of(first), len(rows) - 1)
    return (say_seat if act == SEAT else say_once)(what_of(first), when_of(first))


def _say_staff(act: str, rows: Sequence[Session]) -> str:
    """For staff, who lead it: nobody in care is named."""
    if act == SEAT:
        return say_one_fewer(rows[0])
    return _say(act, rows).replace(" Your other sessions stay.", "")


def say_one_fewer(row: Session) -> str:
    """For those who lead a session: somebody does not come to it, and nobody is named."""
    return f"One person fewer comes to {what_of(row)} on {when_of(row)}."


def _write(
    act: str,
    rows: Sequence[Session],
    told: _Told,
    *,
    because: str,
    by: Actor,
    at: datetime,
    moved_to: Session | None = None,
) -> UUID:
    first = rows[0]
    change = open_change(first.site, act, because=because, from_date=first.local_day, by=by, at=at)
    SessionChange.objects.bulk_create(
        SessionChange(
            organization_id=by.organization,
            change=change,
            session=row,
            what=act,
            moved_to=moved_to,
            recorded_by_id=by.account,
            recorded_at=at,
        )
        for row in rows
    )
    tell_concerned(change, told.people, told.staff, told.guests, by=by, at=at)
    return change.uid
