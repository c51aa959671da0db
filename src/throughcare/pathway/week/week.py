"""A person's week: their sessions, their own commitments, hours placed of hours prescribed, and groups that fit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from throughcare.knowledge.canceling import SEAT, status_of
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.tracks import COMMITMENT_KINDS
from throughcare.knowledge.week_rules import say_day, say_times
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.episode.episodes import open_episode, open_last_episode
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.group.views import GroupLine, lines_of
from throughcare.pathway.people.people import zone_for
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.seat.held_time import commitments_time
from throughcare.pathway.seat.placing import Placing, weigh_places
from throughcare.records.care_plans import PlanVersion, PrescriptionLine
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment
from throughcare.records.timetables import Group, Membership


@dataclass(frozen=True)
class WeekSession:
    """A session in a person's week, in the site's wall-clock time.

    `status` is the key of a status word where it is not held, or not with them; `cancelled_because` says why then.
    """

    uid: UUID
    title: str
    kind: str
    day: date
    starts: time
    ends: time
    minutes: int
    counts: bool
    where: str
    with_whom: str
    is_group: bool
    is_series: bool
    is_over: bool
    cancelled_because: str
    status: str = ""


@dataclass(frozen=True)
class WeekCommitment:
    """The part of a commitment that falls on one day."""

    uid: UUID
    title: str
    day: date
    starts: time
    ends: time


@dataclass(frozen=True)
class Placed:
    """Minutes a week of one session type: placed in this week, and prescribed."""

    kind: str
    placed: int
    prescribed: int


@dataclass(frozen=True)
class MyGroup:
    """A stint that holds now or later."""

    uid: UUID
    group: UUID
    name: str
    from_date: date
    until_date: date | None


@dataclass(frozen=True)
class WeekOfPatient:
    """One person's week. `prescribed_hours` is None without a plan in force."""

    patient: UUID
    episode: UUID | None
    monday: date
    today: date
    time_zone: str
    site: UUID | None
    sessions: tuple[WeekSession, ...]
    commitments: tuple[WeekCommitment, ...]
    placed: tuple[Placed, ...]
    placed_hours: float
    prescribed_hours: float | None
    groups: tuple[MyGroup, ...]

    @property
    def days(self) -> list[date]:
        """Monday to Sunday."""
        return [self.monday + timedelta(days=n) for n in range(7)]

    @property
    def overlaps(self) -> list[str]:
        """Sessions that lie over the person's own time, in words: a commitment may come after the session."""
        return [
            f"{session.title} on {say_day(session.day)}, {say_times(session.starts, session.ends)}, "
            f"lies over {own.title}."
            for session in self.sessions
            for own in self.commitments
            if not session.cancelled_because and _overlap(session, own)
        ]


def _overlap(session: WeekSession, own: WeekCommitment) -> bool:
    # Midnight as an end is the end of the day.
    until = time.max if own.ends == time(0) else own.ends
    return session.day == own.day and session.starts < until and own.starts < session.ends


@dataclass(frozen=True)
class OpenGroup:
    """A group that a person could join, with what speaks against it."""

    line: GroupLine
    placing: Placing


def week_of_patient(patient: UUID, monday: date, *, by: Actor, at: datetime) -> WeekOfPatient:
    """Everything in a person's week from this Monday on."""
    episode = open_last_episode(patient, kind="schedule", by=by, at=at)
    person = episode.patient if episode else open_patient(patient, kind="schedule", by=by, at=at)
    zone = episode.site.time_zone if episode else zone_for(by)
    today = local_day(at, zone)
    sessions = _sessions(person, monday, zone, at=at)
    plan = versions_in_force([episode.pk], at=at).get(episode.pk) if episode else None
    standing = [one for one in sessions if one.counts and not one.cancelled_because]
    return WeekOfPatient(
        patient=person.uid,
        episode=episode.uid if episode and episode.ended_at is None else None,
        monday=monday,
        today=today,
        time_zone=zone,
        site=episode.site.uid if episode else None,
        sessions=tuple(sessions),
        commitments=tuple(_commitments(person, monday, zone)),
        placed=_placed(standing, plan),
        placed_hours=sum(one.minutes for one in standing) / 60,
        prescribed_hours=float(plan.hours_per_week) if plan and plan.hours_per_week is not None else None,
        groups=_groups(episode, today),
    )


def _sessions(person: Patient, monday: date, zone: str, *, at: datetime) -> list[WeekSession]:
    seats = (
        Appointment.objects.filter(patient=person, local_day__range=(monday, monday + timedelta(days=6)))
        .filter(Q(released_at__isnull=True) | Q(released_how=SEAT))
        .select_related("session__room")
        .prefetch_related("session__staff__practitioner")
        .order_by("session__starts_at")
    )
    return [_session(seat, ZoneInfo(zone), at=at) for seat in seats]


def _session(seat: Appointment, zone: ZoneInfo, *, at: datetime) -> WeekSession:
    row = seat.session
    where = row.room.name if row.room else ("By video" if row.telehealth_url else "")
    return WeekSession(
        uid=row.uid,
        title=row.title,
        kind=row.session_type,
        day=row.local_day,
        starts=row.starts_at.astimezone(zone).time(),
        ends=row.ends_at.astimezone(zone).time(),
        minutes=seat.planned_minutes,
        counts=seat.counts,
        where=where,
        with_whom=", ".join(practitioner_name(one.practitioner) for one in row.staff.all()),
        is_group=row.group_id is not None,
        is_series=row.series is not None,
        is_over=row.starts_at <= at,
        **_not_held(seat),
    )


def _not_held(seat: Appointment) -> dict[str, str]:
    """Why a session is not held, or not with this person, and the key of its status word."""
    row = seat.session
    if row.cancelled_at is not None:
        return {"cancelled_because": row.cancelled_because, "status": status_of(row.cancelled_how)}
    if seat.released_at is not None:
        return {"cancelled_because": seat.released_because, "status": status_of(SEAT)}
    return {"cancelled_because": ""}


def _commitments(person: Patient, monday: date, zone: str) -> list[WeekCommitment]:
    """Each commitment as it falls on the days; one through midnight is a part on either day."""
    last = monday + timedelta(days=6)
    found = []
    for row, span in commitments_time([person.pk], first=monday, last=last, zone=zone)[person.pk]:
        starts, ends = span.starts_at.astimezone(ZoneInfo(zone)), span.ends_at.astimezone(ZoneInfo(zone))
        title = row.title or COMMITMENT_KINDS[row.kind].title
        parts = [(starts.date(), starts.time(), ends.time())]
        if ends.date() > starts.date() and ends.time() > time(0):
            parts = [(starts.date(), starts.time(), time(0)), (ends.date(), time(0), ends.time())]
        found += [WeekCommitment(row.uid, title, *part) for part in parts if monday <= part[0] <= last]
    return sorted(found, key=lambda one: (one.day, one.starts))


def _placed(sessions: Sequence[WeekSession], plan: PlanVersion | None) -> tuple[Placed, ...]:
    placed = Counter[str]()
    for one in sessions:
        placed[one.kind] += one.minutes
    lines = _dose(plan.pk) if plan else []
    wanted = {line.session_type: round(float(line.per_week) * line.minutes) for line in lines}
    return tuple(
        Placed(kind.title, placed[kind.code], wanted.get(kind.code, 0))
        for kind in SESSION_TYPES.values()
        if kind.code in placed or kind.code in wanted
    )


@prepared
def _dose(version: int) -> QuerySet[PrescriptionLine]:
    return PrescriptionLine.objects.filter(version=version)


def _groups(episode: Episode | None, today: date) -> tuple[MyGroup, ...]:
    if episode is None:
        return ()
    return tuple(
        MyGroup(one.uid, one.group.uid, one.group.name, one.from_date, one.until_date)
        for one in _stints(episode.pk, today)
    )


@prepared
def _stints(episode: int, today: date) -> QuerySet[Membership]:
    rows = Membership.objects.select_related("group").filter(episode=episode)
    rows = rows.filter(Q(until_date__isnull=True) | Q(until_date__gte=today))
    return rows.order_by("group__name", "pk")


def open_groups_for(episode: UUID, *, from_date: date, by: Actor, at: datetime) -> list[OpenGroup]:
    """The groups of the person's site that they are not in, those that fit first, each with what speaks against it."""
    row = open_episode(episode, kind="schedule", by=by, at=at)
    found = _other_groups(by.organization, row.site_id, row.pk, from_date)
    placings = weigh_places(found, row, from_date=from_date, by=by, at=at)
    lines = zip(found, lines_of(found, at=at), strict=True)
    fits = [OpenGroup(line, placings[group.pk]) for group, line in lines]
    return sorted(fits, key=lambda one: (len(one.placing.refusals) > 0, len(one.placing.warnings)))


@prepared
def _other_groups(organization: int, site: int, episode: int, day: date) -> QuerySet[Group]:
    running = Q(ended_date__isnull=True) | Q(ended_date__gte=day)
    joined = Membership.objects.filter(episode=episode)
    joined = joined.filter(Q(until_date__isnull=True) | Q(until_date__gte=day))
    rows = Group.objects.filter(organization_id=organization, site=site).filter(running)
    return rows.exclude(memberships__in=joined).select_related("site", "room").order_by("name", "pk")
