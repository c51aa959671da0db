"""What a site's week must respect, as one page shows it: staff, rooms, groups, what may be opened, the numbers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.tracks import VARIANTS, WEEKDAYS, track_title
from throughcare.knowledge.week_rules import say_day, say_times
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.clinic.clinic import ROOM_KINDS
from throughcare.pathway.clinic.clinic_views import SettingLine, list_settings
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.group.views import GroupLine, list_groups
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.program_settings import numbers
from throughcare.records.organizations import Site
from throughcare.records.people import Practitioner
from throughcare.records.timetables import Room, Shift, Skill
from throughcare.records.week_rules import Absence, GroupClosing, GroupHours, GroupOffer

# Numbers beside `timetable.` that a week must respect.
ALSO = (
    "day.longest_gap",
    "min_minutes_program_day",
    "min_hours_week.adult",
    "min_hours_week.teen",
    "group.min_to_run",
    "group.max.counseling",
    "group.max.education",
    "group.max.multifamily",
    "ratio.counseling",
    "ratio.education",
    "ratio.multifamily",
)


@dataclass(frozen=True)
class StaffRule:
    """Someone who works at the site: skills, hours, the groups they lead at most, and when they are away."""

    practitioner: UUID
    name: str
    credential: str
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    shifts: tuple[str, ...]
    most: float
    meant: float
    is_own: bool
    absences: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class RoomRule:
    """An open room."""

    name: str
    kind: str
    capacity: int


@dataclass(frozen=True)
class GroupRule:
    """A running group, and whether it takes nobody new."""

    line: GroupLine
    is_closed: bool


@dataclass(frozen=True)
class OfferRule:
    """A group that may be opened."""

    uid: UUID
    kind: str
    times: str
    capacity: int
    for_whom: str
    track: str
    where: str


@dataclass(frozen=True)
class WeekRules:
    """Everything that the week of a site must respect, beside its people."""

    site: UUID
    site_name: str
    sites: tuple[tuple[UUID, str], ...]
    staff: tuple[StaffRule, ...]
    rooms: tuple[RoomRule, ...]
    groups: tuple[GroupRule, ...]
    offers: tuple[OfferRule, ...]
    settings: tuple[SettingLine, ...]


def week_rules(site: UUID, *, by: Actor, at: datetime) -> WeekRules:
    """What a site's week must respect, in queries that don't grow with it. Raises `Absent`."""
    sites = at_sites(Site.objects.filter(organization_id=by.organization), "", by=by, column="pk")
    rows = list(sites.order_by("name", "pk"))
    place = next((row for row in rows if row.uid == site), None)
    if place is None:
        raise Absent("site")
    today = local_day(at, place.time_zone)
    rooms = Room.objects.filter(site=place, closed_at__isnull=True).order_by("name")
    closed = GroupClosing.objects.filter(group__site=place, ended_at__isnull=True)
    shut = set(closed.values_list("group__uid", flat=True))
    offers = GroupOffer.objects.filter(site=place, ended_at__isnull=True).select_related("room")
    return WeekRules(
        site=place.uid,
        site_name=place.name,
        sites=tuple((row.uid, row.name) for row in rows),
        staff=tuple(_staff(place, today)),
        rooms=tuple(RoomRule(row.name, ROOM_KINDS.get(row.kind, row.kind), row.capacity) for row in rooms),
        groups=tuple(GroupRule(line, line.uid in shut) for line in list_groups(by=by, at=at, site=site)),
        offers=tuple(_offer(row) for row in offers.order_by("weekday", "starts", "pk")),
        settings=tuple(
            line
            for line in list_settings(by=by, at=at)
            if line.setting.key.startswith("timetable.") or line.setting.key in ALSO
        ),
    )


def staff_rule(practitioner: UUID, *, by: Actor, at: datetime) -> StaffRule:
    """What the week may ask of one member of staff, at the site where they work first. Raises `Absent`."""
    rows = Practitioner.objects.filter(
        organization_id=by.organization, uid=practitioner, left_at__isnull=True
    )
    who = rows.select_related("site").first()
    if who is None:
        raise Absent("practitioner")
    return _lines([who], who.site, local_day(at, who.site.time_zone))[0]


def _staff(site: Site, today: date) -> list[StaffRule]:
    standing = Shift.objects.filter(Q(until_date__isnull=True) | Q(until_date__gte=today), site=site)
    rows = Practitioner.objects.filter(
        Q(site=site) | Q(pk__in=standing.values("practitioner")), left_at__isnull=True
    )
    return _lines(list(rows.order_by("family_name", "given_name", "pk")), site, today)


def _lines(rows: Sequence[Practitioner], site: Site, today: date) -> list[StaffRule]:
    skills: dict[int, list[str]] = defaultdict(list)
    for held in Skill.objects.filter(practitioner__in=rows).order_by("skill"):
        skills[held.practitioner_id].append(held.skill.replace("-", " "))
    shifts: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    works = Shift.objects.filter(practitioner__in=rows, site=site).exclude(
        until_date__lte=today - timedelta(days=1)
    )
    for shift in works.order_by("weekday", "starts"):
        shifts[shift.practitioner_id][say_times(shift.starts, shift.ends)].append(shift.weekday)
    limits = {
        row.practitioner_id: row
        for row in GroupHours.objects.filter(practitioner__in=rows).order_by("recorded_at", "pk")
    }
    away: dict[int, list[tuple[UUID, str]]] = defaultdict(list)
    for days in Absence.objects.filter(
        practitioner__in=rows, ended_at__isnull=True, last_day__gte=today
    ).order_by("first_day", "pk"):
        away[days.practitioner_id].append((days.uid, _days(days)))
    keys = ("timetable.most_group_hours", "timetable.meant_group_hours")
    usual = numbers(*keys, organization=site.organization_id, on=today)
    return [
        StaffRule(
            practitioner=who.uid,
            name=practitioner_name(who),
            credential=who.credential,
            languages=tuple(who.languages),
            skills=tuple(skills[who.pk]),
            shifts=tuple(f"{_say_weekdays(days)}, {times}" for times, days in shifts[who.pk].items()),
            most=float(limits[who.pk].most if who.pk in limits else usual[keys[0]]),
            meant=float(limits[who.pk].meant if who.pk in limits else usual[keys[1]]),
            is_own=who.pk in limits,
            absences=tuple(away[who.pk]),
        )
        for who in rows
    ]


def _say_weekdays(days: Sequence[int]) -> str:
    """Weekdays in words: Mondays; Mondays to Fridays; Mondays, Wednesdays."""
    first, last = days[0], days[-1]
    if len(days) > 2 and list(days) == list(range(first, last + 1)):
        return f"{WEEKDAYS[first]}s to {WEEKDAYS[last]}s"
    return ", ".join(f"{WEEKDAYS[day]}s" for day in dict.fromkeys(days))


def _days(absence: Absence) -> str:
    if absence.first_day == absence.last_day:
        return say_day(absence.first_day)
    return f"{say_day(absence.first_day)} to {say_day(absence.last_day)}"


def _offer(row: GroupOffer) -> OfferRule:
    ends = (datetime.combine(date.min, row.starts) + timedelta(minutes=row.minutes)).time()
    return OfferRule(
        uid=row.uid,
        kind=session_type(row.session_type).title,
        times=f"{WEEKDAYS[row.weekday]}s, {say_times(row.starts, ends)}",
        capacity=row.capacity,
        for_whom=VARIANTS[row.variant],
        track=track_title(row.track),
        where=row.room.name if row.room else "By video",
    )
