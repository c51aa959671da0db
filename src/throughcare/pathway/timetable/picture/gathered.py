"""Everything that a site's week rests on, read at once: the queries don't grow with people, groups or staff."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db.models import Q

from throughcare.knowledge.clinic_calendar import at_local
from throughcare.knowledge.session_types import RATIOS
from throughcare.knowledge.week_rules import ShiftTimes, Span
from throughcare.pathway.clinic.group_places import Places
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.seat.held_time import Meeting, commitments_time, group_meetings, shifts_of
from throughcare.pathway.seat.weekly_times import holidays, in_force
from throughcare.pathway.timetable.picture.grid import SETTINGS as GRID_SETTINGS
from throughcare.records.assessments import IntakeAnswer
from throughcare.records.episodes import CareTeamMember, Stay
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner
from throughcare.records.sessions import Appointment, Session, SessionStaff
from throughcare.records.timetables import (
    Commitment,
    Group,
    GroupFacilitator,
    KeptApart,
    Membership,
    Room,
    Shift,
    Skill,
)
from throughcare.records.week_rules import (
    Absence,
    GroupClosing,
    GroupHours,
    GroupOffer,
    NeverWith,
    WeekWishes,
)

SETTINGS = (
    *GRID_SETTINGS,
    *RATIOS.values(),
    "day.longest_gap",
    "group.min_to_run",
    "min_minutes_program_day",
    "min_hours_week.adult",
    "min_hours_week.teen",
    "timetable.travel_minutes",
    "timetable.travel_to_other_site",
    "timetable.good_size_low",
    "timetable.good_size_high",
    "timetable.most_group_hours",
    "timetable.meant_group_hours",
    "timetable.cost.unmet_hour",
    "timetable.cost.below_least",
    "timetable.cost.short_day",
    "timetable.cost.open_hour",
    "timetable.cost.odd_seat",
    "timetable.cost.above_meant",
    "timetable.cost.change",
    "timetable.cost.other_leader",
    "timetable.cost.rather_not",
    "timetable.cost.only_if_needed",
    "timetable.cost.other_group",
)
T = TypeVar("T")


@dataclass(frozen=True)
class Week:
    """Seven days of a site: from its Monday's midnight to the next."""

    site: Site
    monday: date
    own: Mapping[str, float]
    closed: frozenset[date]

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @property
    def begins_at(self) -> datetime:
        """The moment just before the week."""
        return at_local(self.monday, time(0), self.site.time_zone) - timedelta(seconds=1)


@dataclass(frozen=True)
class AboutGroups:
    """The site's groups that run in the week, and those that may be opened."""

    meetings: Sequence[Meeting]
    places: Places
    leads: Mapping[int, Sequence[GroupFacilitator]]
    members: Mapping[int, Sequence[Membership]]
    closed: frozenset[int]
    offers: Sequence[GroupOffer]
    rooms: Sequence[Room]


@dataclass(frozen=True)
class AboutStaff:
    """Who works at the site in the week, by key."""

    rows: Sequence[Practitioner]
    shifts: Mapping[int, Sequence[ShiftTimes]]
    skills: Mapping[int, frozenset[str]]
    limits: Mapping[int, GroupHours]
    absences: Mapping[int, Sequence[Absence]]


@dataclass(frozen=True)
class AboutPeople:
    """What is known of people (keys) and their week."""

    levels: Mapping[int, str]
    teams: Mapping[int, Mapping[str, int]]
    own_time: Mapping[int, Sequence[tuple[Commitment, Span]]]
    wishes: Mapping[int, WeekWishes]
    devices: Mapping[int, Mapping[str, object]]
    apart: Sequence[tuple[int, int]]
    never: Sequence[tuple[int, int]]


@dataclass
class Booked:
    """The sessions that are in the book for the week, with everyone in them and who leads them."""

    sessions: dict[int, Session] = field(default_factory=dict)
    seats: dict[int, list[Appointment]] = field(default_factory=lambda: defaultdict(list))
    staff: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def span(self, session: int) -> Span:
        """When a session is."""
        row = self.sessions[session]
        return Span(row.starts_at, row.ends_at, row.title)


def week_at(site: Site, monday: date) -> Week:
    """The week with the numbers that hold on its first day, and the days on which the site is closed."""
    own = numbers(*SETTINGS, organization=site.organization_id, on=monday)
    closed = holidays(site.organization_id, first=monday, last=monday + timedelta(days=6))[site.pk]
    return Week(site, monday, own, frozenset(closed))


def groups_of(week: Week) -> AboutGroups:
    """The groups of the week's site."""
    first, last = week.monday, week.sunday
    running = Group.objects.filter(site=week.site, opened_date__lte=last).select_related("site", "room")
    groups = list(running.filter(Q(ended_date__isnull=True) | Q(ended_date__gte=first)).order_by("pk"))
    holds = in_force(first, last)
    leads = GroupFacilitator.objects.filter(holds, group__in=groups).order_by("from_date", "pk")
    stints = Membership.objects.filter(holds, group__in=groups, episode__ended_at__isnull=True)
    offers = GroupOffer.objects.filter(site=week.site, ended_at__isnull=True).select_related("room")
    return AboutGroups(
        meetings=group_meetings(groups, first=first, last=last, at=week.begins_at),
        places=Places(groups),
        leads=_by(leads, "group_id"),
        members=_by(stints.select_related("episode__patient").order_by("from_date", "pk"), "group_id"),
        closed=frozenset(
            GroupClosing.objects.filter(group__in=groups, ended_at__isnull=True).values_list(
                "group", flat=True
            )
        ),
        offers=list(offers.order_by("pk")),
        rooms=list(Room.objects.filter(site=week.site, closed_at__isnull=True).order_by("pk")),
    )


def staff_of(week: Week) -> AboutStaff:
    """Who works at the week's site."""
    holds = in_force(week.monday, week.sunday)
    working = Shift.objects.filter(holds, site=week.site).values("practitioner")
    rows = list(
        Practitioner.objects.filter(Q(site=week.site) | Q(pk__in=working), left_at__isnull=True).order_by(
            "pk"
        )
    )
    skills: dict[int, set[str]] = defaultdict(set)
    for who, skill in Skill.objects.filter(practitioner__in=rows).values_list("practitioner", "skill"):
        skills[who].add(skill)
    away = Absence.objects.filter(practitioner__in=rows, ended_at__isnull=True)
    away = away.filter(first_day__lte=week.sunday, last_day__gte=week.monday)
    limits = GroupHours.objects.filter(practitioner__in=rows).order_by("recorded_at", "pk")
    return AboutStaff(
        rows=rows,
        shifts=shifts_of([one.pk for one in rows], site=week.site.pk),
        skills={who: frozenset(found) for who, found in skills.items()},
        limits={row.practitioner_id: row for row in limits},
        absences=_by(away, "practitioner_id"),
    )


def people_of(week: Week, patients: Sequence[Patient], episodes: Sequence[int]) -> AboutPeople:
    """What the week must respect of these patients."""
    keys = [one.pk for one in patients]
    teams: dict[int, dict[str, int]] = defaultdict(dict)
    carried = CareTeamMember.objects.filter(episode__in=episodes, ended_at__isnull=True).order_by("pk")
    for episode, part, who in carried.values_list("episode", "part", "practitioner"):
        teams[episode][part] = who
    stays = Stay.objects.filter(episode__in=episodes).order_by("began_at", "pk")
    wishes = WeekWishes.objects.filter(patient__in=keys).order_by("recorded_at", "pk")
    said = IntakeAnswer.objects.filter(assessment__patient__in=keys, section="device")
    apart = KeptApart.objects.filter(ended_at__isnull=True, one__in=keys, other__in=keys)
    never = NeverWith.objects.filter(ended_at__isnull=True, patient__in=keys)
    return AboutPeople(
        levels=dict(stays.values_list("episode", "level")),
        teams=teams,
        own_time=commitments_time(keys, first=week.monday, last=week.sunday, zone=week.site.time_zone),
        wishes={row.patient_id: row for row in wishes.select_related("therapist")},
        devices=dict(said.order_by("recorded_at", "version").values_list("assessment__patient", "answers")),
        apart=list(apart.order_by("pk").values_list("one", "other")),
        never=list(never.order_by("pk").values_list("patient", "practitioner")),
    )


def booked_in(week: Week, patients: Iterable[int], staff: Iterable[int]) -> Booked:
    """The sessions in the book that these people are expected at, or that these staff lead, at any site."""
    keys, leading = list(patients), list(staff)
    standing = Session.objects.filter(
        organization_id=week.site.organization_id,
        local_day__range=(week.monday, week.sunday),
        cancelled_at__isnull=True,
    )
    booked = Booked()
    seats = Appointment.objects.filter(
        organization_id=week.site.organization_id,
        local_day__range=(week.monday, week.sunday),
        session__cancelled_at__isnull=True,
        released_at__isnull=True,
    )
    ours = seats.filter(Q(patient__in=keys) | Q(session__site=week.site))
    for seat in ours.select_related("session").order_by("session__starts_at", "pk"):
        booked.sessions[seat.session_id] = seat.session
        booked.seats[seat.session_id].append(seat)
    led = SessionStaff.objects.filter(session__in=standing)
    led = led.filter(Q(practitioner__in=leading) | Q(session__in=list(booked.sessions)))
    for row in led.select_related("session").order_by("pk"):
        booked.sessions.setdefault(row.session_id, row.session)
        booked.staff[row.session_id].append(row.practitioner_id)
    return booked


def _by(rows: Iterable[T], column: str) -> Mapping[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found
