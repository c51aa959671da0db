"""Groups as pages show them: all of them with their seats, and one with its members, times and leaders."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.tracks import VARIANTS, WEEKDAYS
from throughcare.knowledge.week_rules import say_times
from throughcare.pathway.actor import Actor
from throughcare.pathway.clinic.group_places import Places
from throughcare.pathway.group.checks import practitioner_name
from throughcare.pathway.group.group import find_group
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.seat.weekly_times import in_force
from throughcare.records.timetables import Group, GroupFacilitator, GroupMeeting, Membership


@dataclass(frozen=True)
class TimeOfGroup:
    """A weekly time that holds now or later."""

    uid: UUID
    weekday: int
    starts: time
    minutes: int
    break_minutes: int
    from_date: date
    until_date: date | None
    words: str


@dataclass(frozen=True)
class LeadOfGroup:
    """Someone who leads the group now or later."""

    uid: UUID
    practitioner: UUID
    name: str
    credential: str
    from_date: date
    until_date: date | None


@dataclass(frozen=True)
class GroupLine:
    """A group in a list: what it is, when it meets, who leads it, how many seats are taken."""

    uid: UUID
    name: str
    kind: str
    track: str
    track_title: str
    variant: str
    site: str
    capacity: int
    taken: int
    room: str
    telehealth_url: str
    coming_places: tuple[tuple[date, str], ...]
    times: tuple[TimeOfGroup, ...]
    leads: tuple[LeadOfGroup, ...]
    opened_date: date
    ended_date: date | None
    today: date

    @property
    def state(self) -> str:
        """Open, full, starting later or closed, as a key of the status words."""
        if self.ended_date is not None and self.ended_date < self.today:
            return "closed"
        if self.opened_date > self.today:
            return "planned"
        return "full" if self.taken >= self.capacity else "seats_free"


def list_groups(
    *, by: Actor, at: datetime, site: UUID | None = None, closed: bool = False
) -> list[GroupLine]:
    """The organization's groups by track and time, in queries that don't grow with them."""
    theirs = Group.objects.filter(organization_id=by.organization).select_related("site", "room")
    groups = at_sites(theirs, "", by=by)
    if site is not None:
        groups = groups.filter(site__uid=site)
    if not closed:
        groups = groups.filter(Q(ended_date__isnull=True) | Q(ended_date__gte=local_day(at, "UTC")))
    order = list(TRACKS)
    lines = lines_of(list(groups), at=at)
    return sorted(lines, key=lambda one: (order.index(one.track), _first_time(one), one.name))


def _first_time(line: GroupLine) -> tuple[int, time]:
    return min(((one.weekday, one.starts) for one in line.times), default=(7, time(0)))


def lines_of(groups: Sequence[Group], *, at: datetime) -> list[GroupLine]:
    """Groups (fetched with site and room) with their times, leaders, places and seats, in four queries."""
    # A day early, so that a zone west of UTC still sees what ends today.
    since = local_day(at, "UTC") - timedelta(days=1)
    times: dict[int, list[TimeOfGroup]] = defaultdict(list)
    leads: dict[int, list[LeadOfGroup]] = defaultdict(list)
    taken: dict[int, int] = defaultdict(int)
    for meeting in GroupMeeting.objects.filter(in_force(since, date.max), group__in=groups):
        times[meeting.group_id].append(_time(meeting))
    for lead in _leads(groups, since):
        leads[lead.group_id].append(_lead(lead))
    for stint in Membership.objects.filter(group__in=groups, until_date__isnull=True):
        taken[stint.group_id] += 1
    places = Places(groups)
    return [
        _line(group, times[group.pk], leads[group.pk], taken[group.pk], places, at=at) for group in groups
    ]


def _leads(groups: Sequence[Group], since: date) -> Iterable[GroupFacilitator]:
    rows = GroupFacilitator.objects.filter(in_force(since, date.max), group__in=groups)
    return rows.select_related("practitioner").order_by("from_date", "pk")


def _line(
    group: Group,
    times: list[TimeOfGroup],
    leads: list[LeadOfGroup],
    taken: int,
    places: Places,
    *,
    at: datetime,
) -> GroupLine:
    today = local_day(at, group.site.time_zone)
    now, *coming = places.between(group, max(today, group.opened_date), date.max)
    return GroupLine(
        uid=group.uid,
        name=group.name,
        kind=SESSION_TYPES[group.session_type].title,
        track=group.track,
        track_title=TRACKS[group.track].title,
        variant="" if group.variant == "mixed" else VARIANTS[group.variant],
        site=group.site.name,
        capacity=group.capacity,
        taken=taken,
        room=now.room.name if now.room else "",
        telehealth_url=now.telehealth_url,
        coming_places=tuple((place.since, place.words or "no room") for place in coming),
        times=tuple(
            sorted(
                (one for one in times if one.until_date is None or one.until_date >= today),
                key=lambda one: (one.weekday, one.starts),
            )
        ),
        leads=tuple(one for one in leads if one.until_date is None or one.until_date >= today),
        opened_date=group.opened_date,
        ended_date=group.ended_date,
        today=today,
    )


def _time(meeting: GroupMeeting) -> TimeOfGroup:
    ends = (datetime.combine(meeting.from_date, meeting.starts) + timedelta(minutes=meeting.minutes)).time()
    return TimeOfGroup(
        meeting.uid,
        meeting.weekday,
        meeting.starts,
        meeting.minutes,
        meeting.break_minutes,
        meeting.from_date,
        meeting.until_date,
        f"{WEEKDAYS[meeting.weekday]}s, {say_times(meeting.starts, ends)}",
    )


def _lead(lead: GroupFacilitator) -> LeadOfGroup:
    who = lead.practitioner
    return LeadOfGroup(
        lead.uid, who.uid, practitioner_name(who), who.credential, lead.from_date, lead.until_date
    )


def group_line(group: UUID, *, by: Actor, at: datetime) -> GroupLine:
    """One group without the people in it."""
    (line,) = lines_of([find_group(group, by=by)], at=at)
    return line
