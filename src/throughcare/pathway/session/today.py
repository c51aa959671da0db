"""The day's sessions, a facilitator's own first, and the notes that earlier days still wait for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.canceling import status_of
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.privacy import may_access
from throughcare.pathway.privacy.guards import open_roster
from throughcare.pathway.session.session_rows import called, place_of, title_of
from throughcare.records.attendance import Attendance
from throughcare.records.notes import Note
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner
from throughcare.records.sessions import Appointment, Session, SessionStaff

CAME = tuple(code for code, status in STATUSES.items() if status.minutes_count)
# What waits longer than this is found in the director's numbers, not in a day's work.
DAYS_BACK = 30
# What names a person; the rest of their details stays sealed.
NAMES = ("patient__given_name", "patient__family_name", "patient__preferred_name")


@dataclass(frozen=True)
class DaySession:
    """One session of the day. `unsigned` counts those who came and have no signed note; None: not for this role."""

    uid: UUID
    title: str
    kind: str
    topic: str
    site: str
    time_zone: str
    starts: datetime
    ends: datetime
    place: str
    telehealth_url: str
    led_by: tuple[str, ...]
    expected: int
    taken: int
    unsigned: int | None
    with_whom: str
    is_mine: bool
    is_cancelled: bool
    state: str


@dataclass(frozen=True)
class Place:
    """What a day can be shown of: one site, or without `uid` the actor's own."""

    uid: UUID | None
    title: str
    is_shown: bool


@dataclass(frozen=True)
class Today:
    """A day: `mine` are sessions that the actor leads, `others` the rest, `waiting` earlier ones of theirs.

    `places` are empty for someone who has one site only.
    """

    day: date
    is_today: bool
    mine: tuple[DaySession, ...]
    others: tuple[DaySession, ...]
    waiting: tuple[DaySession, ...]
    may_see_attendance: bool
    places: tuple[Place, ...]


def sessions_today(*, by: Actor, at: datetime, day: date | None = None, site: UUID | None = None) -> Today:
    """The sessions of a day at the actor's own sites or at another one that their roles reach.

    The queries don't grow with the sessions. Raises `Absent` for a site out of reach.
    """
    reached, own = _sites(by)
    sites, now = _chosen(site, reached) if site else own, at
    today = local_day(at, sites[0].time_zone) if sites else at.date()
    shown = day or today
    rows = list(
        Session.objects.select_related("site", "room")
        .filter(organization_id=by.organization, site__in=sites, local_day=shown)
        .order_by("starts_at", "pk")
    )
    late = _waiting(by, today)
    counts = _Counts([*rows, *late], by=by)
    counts.hidden = open_roster("schedule", counts.patients, by=by, at=at)
    lines = [_line(row, counts, by=by, at=now) for row in rows]
    return Today(
        day=shown,
        is_today=shown == today,
        mine=tuple(line for line in lines if line.is_mine),
        others=tuple(line for line in lines if not line.is_mine),
        waiting=tuple(_line(row, counts, by=by, at=now) for row in late),
        may_see_attendance=counts.may_see_attendance,
        places=_places(site, reached, own),
    )


def _sites(by: Actor) -> tuple[list[Site], list[Site]]:
    """The sites that the actor's roles reach, and their own: those named by roles and work, all for who has neither."""
    every = list(Site.objects.filter(organization_id=by.organization).order_by("pk"))
    named = set(by.sites)
    if by.practitioner is not None:
        named |= set(Practitioner.objects.filter(pk=by.practitioner).values_list("site", flat=True))
    own = [site for site in every if site.pk in named] or every
    holds_everywhere = not by.grants or any(site is None for _, site in by.grants)
    return (every if holds_everywhere else own), own


def _chosen(site: UUID, reached: Collection[Site]) -> list[Site]:
    found = [one for one in reached if one.uid == site]
    if not found:
        raise Absent("site")
    return found


def _places(site: UUID | None, reached: Collection[Site], own: Collection[Site]) -> tuple[Place, ...]:
    """What can be chosen: the own sites together, where they are several, and each site by itself."""
    if len(reached) < 2:
        return ()
    together = "All sites" if len(own) == len(reached) else "Your sites"
    every = [Place(None, together, site is None)] if len(own) > 1 else []
    alone = {one.uid for one in own} if site is None and len(own) == 1 else {site}
    return (*every, *(Place(one.uid, one.name, one.uid in alone) for one in reached))


def _waiting(by: Actor, today: date) -> list[Session]:
    """The actor's own sessions of earlier days that lack attendance or a note of someone who came."""
    if by.practitioner is None or not may_access("note", by=by):
        return []
    note = Note.objects.filter(session=OuterRef("session"), patient=OuterRef("patient"))
    unsigned = Attendance.objects.filter(
        session=OuterRef("pk"), retired_at__isnull=True, status__in=CAME, appointment__episode__isnull=False
    )
    taken = Attendance.objects.filter(
        session=OuterRef("session"), patient=OuterRef("patient"), retired_at__isnull=True
    )
    missing = Appointment.objects.filter(session=OuterRef("pk"), released_at__isnull=True)
    return list(
        Session.objects.select_related("site", "room")
        .filter(
            organization_id=by.organization,
            staff__practitioner=by.practitioner,
            cancelled_at__isnull=True,
            local_day__lt=today,
            local_day__gte=today - timedelta(days=DAYS_BACK),
        )
        .filter(Exists(unsigned.exclude(Exists(note))) | Exists(missing.exclude(Exists(taken))))
        .order_by("starts_at", "pk")
    )


class _Counts:
    """What is counted for the sessions of a page, five queries for all of them."""

    def __init__(self, sessions: Collection[Session], *, by: Actor) -> None:
        keys = [session.pk for session in sessions]
        self.may_see_attendance = bool(may_access("attendance", by=by))
        self.may_see_notes = bool(may_access("note", by=by))
        self.staff: dict[int, list[SessionStaff]] = defaultdict(list)
        for row in (
            SessionStaff.objects.select_related("practitioner").filter(session__in=keys).order_by("pk")
        ):
            self.staff[row.session_id].append(row)
        seats = Appointment.objects.filter(session__in=keys, released_at__isnull=True)
        self.expected = _tally(seats.values_list("session").annotate(Count("pk")))
        standing = Attendance.objects.filter(session__in=keys, retired_at__isnull=True)
        came = Count("pk", filter=Q(status__in=CAME, appointment__episode__isnull=False))
        self.taken: dict[int, int] = {}
        self.came: dict[int, int] = {}
        for key, taken, present in standing.values_list("session").annotate(all=Count("pk"), came=came):
            self.taken[key], self.came[key] = taken, present
        self.signed = _tally(
            Note.objects.filter(session__in=keys).values_list("session").annotate(Count("pk"))
        )
        alone = [session.pk for session in sessions if session.group_id is None]
        self.hidden: frozenset[int] = frozenset()
        self.alone: dict[int, list[Patient]] = defaultdict(list)
        named = seats.select_related("patient").only("session", *NAMES)
        for seat in named.filter(session__in=alone).order_by("pk"):
            self.alone[seat.session_id].append(seat.patient)

    @property
    def patients(self) -> list[int]:
        """Whoever a page would name (keys)."""
        return [patient.pk for people in self.alone.values() for patient in people]

    def guarded(self, session: int) -> frozenset[int]:
        """Whom of the people in a one-to-one the page must not name."""
        return self.hidden & {patient.pk for patient in self.alone[session]}


def _tally(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    return dict(pairs)


def _line(session: Session, counts: _Counts, *, by: Actor, at: datetime) -> DaySession:
    zone = ZoneInfo(session.site.time_zone)
    staff = counts.staff[session.pk]
    unsigned = counts.came.get(session.pk, 0) - counts.signed.get(session.pk, 0)
    return DaySession(
        uid=session.uid,
        title=title_of(session, counts.guarded(session.pk)),
        kind=session_type(session.session_type).title,
        topic=session.topic,
        site=session.site.name,
        time_zone=session.site.time_zone,
        starts=session.starts_at.astimezone(zone),
        ends=session.ends_at.astimezone(zone),
        place=place_of(session),
        telehealth_url=session.telehealth_url,
        led_by=tuple(f"{row.practitioner.given_name} {row.practitioner.family_name}" for row in staff),
        expected=counts.expected.get(session.pk, 0),
        taken=counts.taken.get(session.pk, 0),
        unsigned=max(0, unsigned) if counts.may_see_notes else None,
        with_whom=", ".join(called(patient, counts.hidden) for patient in counts.alone[session.pk]),
        is_mine=any(row.practitioner_id == by.practitioner for row in staff),
        is_cancelled=session.cancelled_at is not None,
        state=_state(session, at),
    )


def _state(session: Session, at: datetime) -> str:
    """The key of the session's status word."""
    if session.cancelled_at is not None:
        return status_of(session.cancelled_how)
    if at < session.starts_at:
        return "planned"
    return "running" if at < session.ends_at else "held"
