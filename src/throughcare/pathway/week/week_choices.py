"""What the forms of the week offer: sites, rooms, staff; and a session as it stands before it is changed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from throughcare.pathway.actor import Actor
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.guards import HIDDEN
from throughcare.pathway.session.session_rows import find_session, open_seats, seated_at, title_of
from throughcare.records.organizations import Site
from throughcare.records.people import Practitioner, RelatedPerson
from throughcare.records.sessions import Session
from throughcare.records.timetables import Room

Choice = tuple[str, str]


@dataclass(frozen=True)
class WeekChoices:
    """Pairs of public id and name for lists; rooms name their site where there are several."""

    sites: tuple[Choice, ...]
    rooms: tuple[Choice, ...]
    practitioners: tuple[Choice, ...]


@dataclass(frozen=True)
class SessionToChange:
    """A session before it is moved or canceled, in its site's wall-clock time; `rest` counts its series from here."""

    uid: UUID
    title: str
    day: date
    starts: time
    ends: time
    minutes: int
    site: UUID
    room: UUID | None
    practitioner: UUID | None
    is_group: bool
    rest: int
    people: tuple[tuple[UUID, str], ...]


def week_choices(*, by: Actor, site: UUID | None = None) -> WeekChoices:
    """What can be chosen, at one site or at all, in three queries."""
    sites = list(Site.objects.filter(organization_id=by.organization).order_by("name", "pk"))
    rooms = Room.objects.filter(organization_id=by.organization, closed_at__isnull=True)
    staff = Practitioner.objects.filter(organization_id=by.organization, left_at__isnull=True)
    if site is not None:
        rooms = rooms.filter(site__uid=site)
    several = len(sites) > 1 and site is None
    return WeekChoices(
        sites=tuple((str(one.uid), one.name) for one in sites),
        rooms=tuple(
            (str(room.uid), f"{room.site.name}: {room.name}" if several else f"{room.name} ({room.capacity})")
            for room in rooms.select_related("site").order_by("site__name", "name")
        ),
        practitioners=tuple(
            (str(one.uid), f"{practitioner_name(one)}, {one.credential}")
            for one in staff.order_by("family_name", "given_name", "pk")
        ),
    )


def family_choices(patient: UUID, *, by: Actor, at: datetime) -> tuple[Choice, ...]:
    """The people in a patient's own life who may come to a session; none for who may not see them."""
    if not may_access("identity", by=by):
        return ()
    person = open_patient(patient, kind="identity", by=by, at=at)
    rows = RelatedPerson.objects.filter(patient=person, ended_at__isnull=True).order_by("pk")
    return tuple((str(one.uid), f"{one.name}, {one.relationship}".strip(", ")) for one in rows)


def session_to_change(session: UUID, *, by: Actor, at: datetime) -> SessionToChange:
    """The session with the people in it; the page is written in the book of accesses."""
    row = find_session(session, by=by)
    seats = seated_at(row)
    hidden = open_seats("schedule", row, seats, by=by, at=at)
    zone = ZoneInfo(row.site.time_zone)
    lead = row.staff.select_related("practitioner").first()
    rest = Session.objects.filter(series=row.series, starts_at__gte=row.starts_at, cancelled_at__isnull=True)
    return SessionToChange(
        uid=row.uid,
        title=title_of(row, hidden),
        day=row.local_day,
        starts=row.starts_at.astimezone(zone).time(),
        ends=row.ends_at.astimezone(zone).time(),
        minutes=int((row.ends_at - row.starts_at).total_seconds() // 60),
        site=row.site.uid,
        room=row.room.uid if row.room else None,
        practitioner=lead.practitioner.uid if lead else None,
        is_group=row.group_id is not None,
        rest=rest.count() if row.series else 0,
        people=tuple(
            (seat.patient.uid, HIDDEN if seat.patient_id in hidden else display_name(seat.patient))
            for seat in seats
        ),
    )
