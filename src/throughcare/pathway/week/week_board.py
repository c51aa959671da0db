"""The week of a whole site: every session by day and time, with seats, staff, room, and what is missing in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.hours import in_hours
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.tracks import track_title
from throughcare.knowledge.week_rules import say_day, say_times
from throughcare.pathway.actor import Actor
from throughcare.pathway.clinic.group_places import Places
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.privacy import sites_for
from throughcare.pathway.privacy.guards import hidden_from
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.held_time import Meeting, group_meetings
from throughcare.pathway.seat.placing import covers
from throughcare.pathway.seat.weekly_times import in_force
from throughcare.records.organizations import Holiday, Site
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import Group, GroupFacilitator, Membership

LEFT_OUT = "Canceled"


@dataclass(frozen=True)
class BoardSession:
    """One session of the board; `session` is None while only the weekly time says so. Nobody in it is named."""

    session: UUID | None
    group: UUID | None
    title: str
    kind: str
    track: str
    day: date
    starts: time
    ends: time
    minutes: int
    taken: int
    capacity: int
    room: str
    staff: tuple[tuple[UUID, str], ...]
    marks: tuple[str, ...]
    is_series: bool = False
    is_over: bool = False

    @property
    def times(self) -> str:
        """From when until when, in words."""
        return say_times(self.starts, self.ends)

    @property
    def led_by(self) -> str:
        """Names of those who lead it."""
        return ", ".join(name for _, name in self.staff)

    @property
    def is_cancelled(self) -> bool:
        """Whether it was canceled."""
        return any(mark.startswith(LEFT_OUT) for mark in self.marks)


@dataclass(frozen=True)
class StaffLoad:
    """What a week asks of one practitioner."""

    name: str
    sessions: int
    minutes: int
    seats: int
    days: int

    @property
    def hours(self) -> str:
        """Hours as people write them."""
        return in_hours(self.minutes)


@dataclass(frozen=True)
class BoardFilters:
    """What the board is narrowed to; empty is everything."""

    site: UUID | None = None
    track: str = ""
    practitioner: UUID | None = None


@dataclass(frozen=True)
class WeekBoard:
    """A site's week, Monday to Sunday."""

    site: UUID
    site_name: str
    time_zone: str
    monday: date
    today: date
    days: tuple[tuple[date, str, tuple[BoardSession, ...]], ...]
    loads: tuple[StaffLoad, ...]
    sites: tuple[tuple[UUID, str], ...]
    practitioners: tuple[tuple[UUID, str], ...]
    missing: int = field(default=0)

    @property
    def lead(self) -> str:
        """The week and what is missing in it, in words."""
        sunday = self.days[-1][0]
        week = f"{say_day(self.monday)} to {say_day(sunday)}, {sunday.year}"
        if not self.missing:
            return week
        return f"{week}. {self.missing} session{'s need' if self.missing > 1 else ' needs'} something."


def week_board(filters: BoardFilters, monday: date, *, by: Actor, at: datetime) -> WeekBoard | None:
    """A site's week; None while the organization has no site. The queries don't grow with the sessions."""
    sites = list(Site.objects.filter(organization_id=by.organization).order_by("name", "pk"))
    if not sites:
        return None
    site = next((one for one in sites if one.uid == filters.site), sites[0])
    sunday = monday + timedelta(days=6)
    least = number("group.min_to_run", organization=by.organization, on=monday)
    every = _in_book(site, monday, sunday, least, at=at) + _beyond(site, monday, sunday, least, at=at)
    reach = sites_for("schedule", by=by)
    away = reach is not None and site.pk not in reach
    hidden = None if away else _with_guarded(every, by=by, at=at)
    # What a one-to-one is called is free text about someone; a group's name is the clinic's.
    every = [
        one
        if one.group or (hidden is not None and one.session not in hidden)
        else replace(one, title=one.kind)
        for one in every
    ]
    everyone = {who: name for one in every for who, name in one.staff}
    shown = [one for one in every if _matches(one, filters)]
    holidays = dict(
        Holiday.objects.filter(organization_id=by.organization, day__range=(monday, sunday))
        .filter(Q(site=site) | Q(site__isnull=True))
        .values_list("day", "name")
    )
    days = [monday + timedelta(days=n) for n in range(7)]
    return WeekBoard(
        site=site.uid,
        site_name=site.name,
        time_zone=site.time_zone,
        monday=monday,
        today=local_day(at, site.time_zone),
        days=tuple((day, holidays.get(day, ""), _of_day(shown, day)) for day in days),
        loads=_loads(shown),
        sites=tuple((one.uid, one.name) for one in sites),
        practitioners=tuple(sorted(everyone.items(), key=lambda pair: pair[1])),
        missing=sum(bool(one.marks) and not one.is_cancelled for one in shown),
    )


def _with_guarded(sessions: Iterable[BoardSession], *, by: Actor, at: datetime) -> set[UUID]:
    """The one-to-ones of these sessions with someone in them whose record is guarded from `by`."""
    alone = [one.session for one in sessions if one.session and not one.group]
    seats = Appointment.objects.filter(session__uid__in=alone, released_at__isnull=True)
    pairs = list(seats.values_list("session__uid", "patient"))
    hidden = hidden_from({patient for _, patient in pairs}, by=by, at=at)
    return {session for session, patient in pairs if patient in hidden}


def _of_day(sessions: Iterable[BoardSession], day: date) -> tuple[BoardSession, ...]:
    return tuple(sorted((one for one in sessions if one.day == day), key=lambda one: (one.starts, one.title)))


def _matches(one: BoardSession, filters: BoardFilters) -> bool:
    if filters.track and one.track != track_title(filters.track):
        return False
    return filters.practitioner is None or any(who == filters.practitioner for who, _ in one.staff)


def _in_book(site: Site, monday: date, sunday: date, least: int, *, at: datetime) -> list[BoardSession]:
    rows = (
        Session.objects.filter(
            organization_id=site.organization_id, site=site, local_day__range=(monday, sunday)
        )
        .annotate(taken=Count("appointments", filter=Q(appointments__released_at__isnull=True)))
        .select_related("group", "room")
        .prefetch_related("staff__practitioner")
    )
    return [_booked(row, ZoneInfo(site.time_zone), least, at=at) for row in rows]


def _booked(row: Session, zone: ZoneInfo, least: int, *, at: datetime) -> BoardSession:
    staff = tuple((one.practitioner.uid, practitioner_name(one.practitioner)) for one in row.staff.all())
    place = row.room.name if row.room else ("By video" if row.telehealth_url else "")
    taken: int = row.taken  # type: ignore[attr-defined]  # annotated by the query
    canceled = f"{LEFT_OUT}: {row.cancelled_because}" if row.cancelled_at else ""
    size = (taken, row.capacity, least) if row.group_id else None
    return BoardSession(
        session=row.uid,
        group=row.group.uid if row.group else None,
        title=row.title,
        kind=SESSION_TYPES[row.session_type].title,
        track=track_title(row.group.track) if row.group else "",
        day=row.local_day,
        starts=row.starts_at.astimezone(zone).time(),
        ends=row.ends_at.astimezone(zone).time(),
        minutes=int((row.ends_at - row.starts_at).total_seconds() // 60) - row.break_minutes,
        taken=taken,
        capacity=row.capacity,
        room=place,
        staff=staff,
        marks=(canceled,) if canceled else _marks(staff, place, size),
        is_series=row.series is not None,
        is_over=row.starts_at <= at,
    )


def _marks(staff: Sequence[object], place: str, size: tuple[int, int, int] | None) -> tuple[str, ...]:
    """What is missing or too much, in words; `size` is seats taken, seats, and the fewest a group runs with."""
    marks = [] if staff else ["No facilitator"]
    if not place:
        marks.append("No room")
    if size is not None:
        taken, capacity, least = size
        if taken > capacity:
            marks.append(f"{taken - capacity} over its seats")
        elif taken < least:
            marks.append(f"Fewer than {least} people")
    return tuple(marks)


def _beyond(site: Site, monday: date, sunday: date, least: int, *, at: datetime) -> list[BoardSession]:
    """The meetings of this week that are not in the book yet."""
    groups = list(
        Group.objects.filter(organization_id=site.organization_id, site=site)
        .filter(Q(ended_date__isnull=True) | Q(ended_date__gte=monday))
        .select_related("site", "room")
    )
    coming = [one for one in group_meetings(groups, first=monday, last=sunday, at=at) if one.session is None]
    if not coming:
        return []
    leads = list(
        GroupFacilitator.objects.filter(in_force(monday, sunday), group__in=groups).select_related(
            "practitioner"
        )
    )
    stints = list(
        Membership.objects.filter(in_force(monday, sunday), group__in=groups, episode__ended_at__isnull=True)
    )
    places = Places(groups)
    return [_expected(one, places.on(one.group, one.day).words, leads, stints, least) for one in coming]


def _expected(
    one: Meeting, place: str, leads: Sequence[GroupFacilitator], stints: Sequence[Membership], least: int
) -> BoardSession:
    group, zone = one.group, ZoneInfo(one.group.site.time_zone)
    staff = tuple(
        (lead.practitioner.uid, practitioner_name(lead.practitioner))
        for lead in leads
        if lead.group_id == group.pk
        and lead.from_date <= one.day
        and (lead.until_date is None or one.day <= lead.until_date)
    )
    taken = sum(stint.group_id == group.pk and covers(stint, one.day) for stint in stints)
    return BoardSession(
        session=None,
        group=group.uid,
        title=group.name,
        kind=SESSION_TYPES[group.session_type].title,
        track=track_title(group.track),
        day=one.day,
        starts=one.span.starts_at.astimezone(zone).time(),
        ends=one.span.ends_at.astimezone(zone).time(),
        minutes=one.minutes,
        taken=taken,
        capacity=one.capacity,
        room=place,
        staff=staff,
        marks=_marks(staff, place, (taken, one.capacity, least)),
    )


def _loads(sessions: Sequence[BoardSession]) -> tuple[StaffLoad, ...]:
    standing = [one for one in sessions if not one.is_cancelled]
    people = sorted({pair for one in standing for pair in one.staff}, key=lambda pair: pair[1])
    found = []
    for who, name in people:
        led = [one for one in standing if any(key == who for key, _ in one.staff)]
        found.append(
            StaffLoad(
                name,
                len(led),
                sum(one.minutes for one in led),
                sum(one.taken for one in led),
                len({one.day for one in led}),
            )
        )
    return tuple(found)
