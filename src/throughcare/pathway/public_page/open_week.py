"""The week of groups as a stranger sees it: when and where, and whether a seat is open. No names, no counts.

Seats are those of Monday morning: who watches the page can't see one person come or go on a day of the week.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.tracks import VARIANTS, WEEKDAYS
from throughcare.pathway.actor import Actor
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.weekly_times import in_force
from throughcare.records.timetables import Group, GroupMeeting, Membership

OPEN_SEATS = "public.open_seats"


@dataclass(frozen=True)
class OpenMeeting:
    """One weekly time of a group: its kind, never its name. `variant` is empty when it is for everyone."""

    title: str
    starts: time
    ends: time
    site: str
    by_video: bool
    variant: str
    is_open: bool


@dataclass(frozen=True)
class OpenDay:
    """A weekday with its meetings, by time."""

    weekday: str
    meetings: tuple[OpenMeeting, ...]


@dataclass(frozen=True)
class OpenWeek:
    """The week as it recurs; seats are as of `monday`."""

    monday: date
    days: tuple[OpenDay, ...]

    @property
    def has_open_seats(self) -> bool:
        """Whether any group of the week has open seats."""
        return any(meeting.is_open for day in self.days for meeting in day.meetings)


def open_week(*, zone: str, by: Actor, at: datetime) -> OpenWeek:
    """Every weekly time of the groups that run this week, in four queries."""
    today = local_day(at, zone)
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    running = Q(opened_date__lte=sunday) & (Q(ended_date__isnull=True) | Q(ended_date__gt=sunday))
    groups = {
        group.pk: group
        for group in Group.objects.filter(running, organization_id=by.organization).select_related("site")
    }
    least = int(number(OPEN_SEATS, organization=by.organization, on=today))
    with_seats = _with_seats(groups, on=monday, least=least)
    days: dict[int, list[OpenMeeting]] = defaultdict(list)
    for meeting in GroupMeeting.objects.filter(in_force(monday, sunday), group__in=groups.values()):
        group = groups[meeting.group_id]
        days[meeting.weekday].append(_meeting(group, meeting, is_open=group.pk in with_seats))
    order = [
        OpenDay(WEEKDAYS[day], tuple(sorted(days[day], key=lambda one: (one.starts, one.title, one.site))))
        for day in sorted(days)
    ]
    return OpenWeek(monday, tuple(order))


def _with_seats(groups: dict[int, Group], *, on: date, least: int) -> set[int]:
    """The groups in which so many seats were free on that day: a sum over people, of whom none is opened."""
    taken: dict[int, int] = defaultdict(int)
    stints = Membership.objects.filter(in_force(on, on), group__in=groups.values())
    for group in stints.filter(episode__ended_at__isnull=True).values_list("group_id", flat=True):
        taken[group] += 1
    return {key for key, group in groups.items() if group.capacity - taken[key] >= least}


def _meeting(group: Group, meeting: GroupMeeting, *, is_open: bool) -> OpenMeeting:
    track = TRACKS.get(group.track)
    ends = datetime.combine(date.min, meeting.starts) + timedelta(minutes=meeting.minutes)
    return OpenMeeting(
        title=session_type(group.session_type).title,
        starts=meeting.starts,
        ends=ends.time(),
        site=group.site.name,
        by_video=track is not None and track.remote,
        variant="" if group.variant == "mixed" else VARIANTS.get(group.variant, ""),
        is_open=is_open,
    )
