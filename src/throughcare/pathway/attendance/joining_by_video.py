"""Joining by video: the session's own link shows when somebody came, and how long their page stayed open."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.arrival import record_arrival
from throughcare.pathway.attendance.own_times import join_time, own_seat, times_of
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import number
from throughcare.records.check_ins import Presence
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session

LONGEST = 200


@dataclass(frozen=True)
class Whereabouts:
    """Where someone is while they are on video, in case help must be sent; what they leave out is empty."""

    place: str = ""
    phone: str = ""
    nearby: str = ""


@dataclass(frozen=True)
class Joined:
    """A joining: where the video is, and how often the open page says that the person is there."""

    uid: UUID
    url: str
    joined_at: datetime
    left_at: datetime | None
    is_silent: bool
    beat_seconds: int
    may_join: Verdict


@transaction.atomic
def join_session(session: UUID, patient: UUID, *, whereabouts: Whereabouts, by: Actor, at: datetime) -> UUID:
    """Record that a person joins by video; with a check-in it records that they came.

    Who is in it already stays in it. Raises `Cannot` outside its hours or where there is no video.
    """
    person = open_patient(patient, kind="check_in", by=by, at=at, verb="change")
    seat = own_seat(session, person)
    times = times_of(seat.session)
    require(join_time(seat.session, times, at=at))
    told = {name: words.strip() for name, words in asdict(whereabouts).items()}
    for name, words in told.items():
        if len(words) > LONGEST:
            raise Cannot(f"Shorten this to {LONGEST} characters.", field=name)
    if not told["place"]:
        raise Cannot("Write where you are right now, so that help could find you.", field="place")
    Appointment.objects.select_for_update().get(pk=seat.pk)
    before = _latest(seat, person)
    if before is not None and before.left_at is None and not _is_silent(before, at=at):
        Presence.objects.filter(pk=before.pk).update(last_seen_at=max(at, before.last_seen_at))
        return before.uid
    row = Presence.objects.create(
        organization_id=by.organization,
        session=seat.session,
        patient=person,
        way="video",
        whereabouts=told,
        last_seen_at=at,
        recorded_at=at,
    )
    record_arrival(seat, times, by=by, at=at)
    return row.uid


def own_joining(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> Joined:
    """A person's own latest joining of a session. Raises `Absent` before the first, and for others' sessions."""
    person = open_patient(patient, kind="check_in", by=by, at=at)
    seat = own_seat(session, person)
    row = _latest(seat, person)
    if row is None:
        raise Absent("joining")
    return Joined(
        uid=row.uid,
        url=seat.session.telehealth_url,
        joined_at=row.recorded_at,
        left_at=row.left_at,
        is_silent=_is_silent(row, at=at),
        beat_seconds=_number("presence.beat_seconds", seat.session),
        may_join=join_time(seat.session, times_of(seat.session), at=at),
    )


def _is_silent(row: Presence, *, at: datetime) -> bool:
    """Whether their page said nothing for so long that what comes now is a new joining: no gap is filled."""
    return at - row.last_seen_at > timedelta(minutes=_number("presence.silent_minutes", row.session))


def _latest(seat: Appointment, person: Patient) -> Presence | None:
    rows = Presence.objects.select_related("session").filter(
        session=seat.session, patient=person, way="video"
    )
    return rows.order_by("-pk").first()


def still_there(joining: UUID, *, at: datetime) -> bool:
    """The open page says that its person is still there; whether it should go on saying so.

    The joining's id is known to that page alone, so that it goes on while the door is locked. Raises `Absent`.
    """
    row = _going_on(joining)
    if row.left_at is not None or at >= row.session.ends_at or _is_silent(row, at=at):
        return False
    Presence.objects.filter(pk=row.pk, left_at__isnull=True, last_seen_at__lt=at).update(last_seen_at=at)
    return True


def leave(joining: UUID, *, at: datetime) -> None:
    """The person says that they leave; who leaves after the end was there until the end. Raises `Absent`."""
    row = _going_on(joining)
    until = min(at, max(row.session.ends_at, row.last_seen_at))
    Presence.objects.filter(pk=row.pk, left_at__isnull=True).update(left_at=until, last_seen_at=until)


def _going_on(joining: UUID) -> Presence:
    row = Presence.objects.select_related("session").filter(uid=joining, way="video").first()
    if row is None:
        raise Absent("joining")
    return row


def _number(key: str, session: Session) -> int:
    return int(number(key, organization=session.organization_id, on=session.local_day))
