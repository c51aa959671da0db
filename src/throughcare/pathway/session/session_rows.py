"""A session's rows, found and described: for the pathway modules whose subject is a session."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_list, sites_for
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.rows import only_row
from throughcare.records.attendance import Attendance
from throughcare.records.people import Patient, Practitioner
from throughcare.records.sessions import Appointment, Session, SessionGuest, SessionStaff


@dataclass(frozen=True)
class SessionHead:
    """What stands on top of a session's pages. Times are in the site's zone; minutes without `break_minutes`."""

    uid: UUID
    title: str
    kind: str
    topic: str
    site: str
    time_zone: str
    day: date
    starts: datetime
    ends: datetime
    minutes: int
    break_minutes: int
    place: str
    telehealth_url: str
    led_by: tuple[str, ...]
    guests: tuple[str, ...]
    is_group: bool
    counts: bool
    cancelled_because: str | None


def find_session(session: UUID, *, by: Actor) -> Session:
    """The organization's session with its site, room and group. Raises `Absent`."""
    sites = sites_for("", by=by)
    asked = (
        _session(by.organization, session)
        if sites is None
        else _session_at(by.organization, session, *sorted(sites))
    )
    found = only_row(asked)
    if found is None:
        raise Absent("session")
    return found


@prepared
def _session(organization: int, session: UUID) -> QuerySet[Session]:
    return Session.objects.select_related("site", "room", "group").filter(
        organization_id=organization, uid=session
    )


@prepared
def _session_at(organization: int, session: UUID, *sites: int) -> QuerySet[Session]:
    rows = Session.objects.select_related("site", "room", "group")
    return rows.filter(organization_id=organization, uid=session, site__in=sites)


def seated_at(session: Session) -> list[Appointment]:
    """The appointments of those expected, by the name that they are called."""
    return sorted(_seats(session.pk), key=lambda seat: (called(seat.patient).casefold(), seat.patient_id))


@prepared
def _seats(session: int) -> QuerySet[Appointment]:
    return Appointment.objects.select_related("patient", "episode").filter(
        session=session, released_at__isnull=True
    )


def standing_attendance(session: Session) -> dict[int, Attendance]:
    """Each patient's (key) attendance as it stands, corrections taken."""
    return {row.patient_id: row for row in _attendance(session.pk)}


@prepared
def _attendance(session: int) -> QuerySet[Attendance]:
    return Attendance.objects.select_related("recorded_by").filter(session=session, retired_at__isnull=True)


def open_seats(
    kind: str,
    session: Session,
    seats: Sequence[Appointment],
    *,
    by: Actor,
    at: datetime,
    verb: str = "see",
    also: Collection[int] = (),
) -> frozenset[int]:
    """Open a session's page with those seated and `also` others (keys); whom of them it must not name.

    Who leads the session knows who is in it, however long ago it was.
    """
    seated = frozenset(keys(seats))
    everyone = sorted(seated | frozenset(also))
    hidden = open_roster(kind, everyone, by=by, at=at, verb=verb)
    if not hidden or not by.practitioner:
        return hidden
    if not SessionStaff.objects.filter(session=session, practitioner=by.practitioner).exists():
        return hidden
    open_list(kind, sorted(hidden & seated), by=by, at=at, verb=verb)
    return hidden - seated


def title_of(session: Session, hidden: Collection[int]) -> str:
    """What a session is called: a one-to-one's title may name whom it is with, so not with a guarded person."""
    return SESSION_TYPES[session.session_type].title if hidden and not session.group_id else session.title


def describe(session: Session, hidden: Collection[int] = ()) -> SessionHead:
    """The session for a page; `hidden` are people (keys) in it whom the page must not name."""
    staff = SessionStaff.objects.select_related("practitioner").filter(session=session).order_by("pk")
    kind = SESSION_TYPES[session.session_type]
    return SessionHead(
        uid=session.uid,
        title=title_of(session, hidden),
        kind=kind.title,
        topic=session.topic,
        site=session.site.name,
        time_zone=session.site.time_zone,
        day=session.local_day,
        starts=local(session, session.starts_at),
        ends=local(session, session.ends_at),
        minutes=treatment_minutes(session),
        break_minutes=session.break_minutes,
        place=place_of(session),
        telehealth_url=session.telehealth_url,
        led_by=tuple(signature_of(row.practitioner) for row in staff),
        guests=() if session.group_id or hidden else _guests(session),
        is_group=session.group_id is not None,
        counts=kind.counts_as_clinical_hours,
        cancelled_because=session.cancelled_because if session.cancelled_at else None,
    )


def _guests(session: Session) -> tuple[str, ...]:
    rows = SessionGuest.objects.filter(session=session).select_related("person").order_by("pk")
    return tuple(f"{row.person.name}, {row.person.relationship}".strip(", ") for row in rows)


def elapsed_minutes(session: Session) -> int:
    """Real minutes from start to stop, whatever the clocks did in between."""
    return round((session.ends_at - session.starts_at).total_seconds() / 60)


def treatment_minutes(session: Session) -> int:
    """The session's minutes without its breaks."""
    return elapsed_minutes(session) - session.break_minutes


def place_of(session: Session) -> str:
    """Where it is held, in words."""
    room = session.room.name if session.room else ""
    return " and ".join(part for part in (room, "video" if session.telehealth_url else "") if part)


def local(session: Session, at: datetime) -> datetime:
    """The moment on the clocks of the session's site."""
    return at.astimezone(ZoneInfo(session.site.time_zone))


def clock_words(session: Session, at: datetime) -> str:
    """The time of day at the session's site, such as 5:30 PM; with the day when it is another."""
    there = local(session, at)
    clock = f"{there.hour % 12 or 12}:{there:%M} {there:%p}"
    return clock if there.date() == session.local_day else f"{clock} on {there:%b} {there.day}"


def called(patient: Patient, hidden: Collection[int] = ()) -> str:
    """The name that a person is called, then the family name: how a roster is read aloud. Not of who is hidden."""
    return HIDDEN if patient.pk in hidden else patient.called


def legal_name(patient: Patient) -> str:
    """The name on paper, where the person is called something else; empty otherwise."""
    if not patient.preferred_name or patient.preferred_name == patient.given_name:
        return ""
    return f"{patient.given_name} {patient.family_name}".strip()


def signature_of(practitioner: Practitioner, credential: str = "") -> str:
    """A practitioner's name with a credential: the one that they signed with, else the one they have."""
    return f"{practitioner.given_name} {practitioner.family_name}, {credential or practitioner.credential}"


def signer(by: Actor) -> int:
    """The key of the practitioner who signs. Raises `Cannot` for anyone else."""
    if by.practitioner is None:
        raise Cannot("Only a practitioner may sign.")
    return by.practitioner


def keys(seats: Iterable[Appointment]) -> list[int]:
    """The patients' keys, for the book of accesses."""
    return [seat.patient_id for seat in seats]
