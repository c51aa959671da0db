"""The meetings that groups' weekly times lead to: wall-clock times at the site, turned into moments day by day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from throughcare.knowledge.clinic_calendar import at_local
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.organizations import Holiday
from throughcare.records.timetables import Group, GroupMeeting


@dataclass(frozen=True)
class Expected:
    """One meeting as the weekly time has it, on a day that is no holiday."""

    group: Group
    meeting: GroupMeeting
    day: date
    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        """Minutes without breaks."""
        return self.meeting.minutes - self.meeting.break_minutes


def expected_meetings(groups: Sequence[Group], *, first: date, last: date) -> list[Expected]:
    """Every meeting from `first` to `last` of groups that were fetched with their site, in three queries at most."""
    if not groups or last < first:
        return []
    by_key = {group.pk: group for group in groups}
    meetings = _meetings(Keys(by_key), first, last)
    closed = holidays(groups[0].organization_id, first=first, last=last)
    found: list[Expected] = []
    for meeting in meetings:
        group = by_key[meeting.group_id]
        found.extend(_of_meeting(group, meeting, first=first, last=last, closed=closed[group.site_id]))
    return sorted(found, key=lambda one: (one.starts_at, one.group.pk))


@prepared
def _meetings(groups: Keys, first: date, last: date) -> QuerySet[GroupMeeting]:
    return GroupMeeting.objects.filter(in_force(first, last), group__among=groups)


def in_force(first: date, last: date) -> Q:
    """Rows with `from_date` and `until_date` that hold on some day from `first` to `last`."""
    return Q(from_date__lte=last) & (Q(until_date__isnull=True) | Q(until_date__gte=first))


def holidays(organization: int, *, first: date, last: date) -> dict[int | None, set[date]]:
    """The days on which a site (its key) is closed; a day of every site is in the answer for any."""
    everywhere: set[date] = set()
    of_site: dict[int | None, set[date]] = defaultdict(lambda: everywhere)
    found = [(row.site_id, row.day) for row in _holidays(organization, first, last)]
    everywhere |= {day for site, day in found if site is None}
    for site in {site for site, _ in found if site is not None}:
        of_site[site] = everywhere | {day for other, day in found if other == site}
    return of_site


@prepared
def _holidays(organization: int, first: date, last: date) -> QuerySet[Holiday]:
    return Holiday.objects.filter(organization_id=organization, day__range=(first, last))


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day from `first` to `last`, both included."""
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def _of_meeting(
    group: Group, meeting: GroupMeeting, *, first: date, last: date, closed: Collection[date]
) -> Iterable[Expected]:
    first = max(first, meeting.from_date, group.opened_date)
    last = min(last, meeting.until_date or last, group.ended_date or last)
    for day in days_between(first, last):
        if day.weekday() == meeting.weekday and day not in closed:
            starts_at = at_local(day, meeting.starts, group.site.time_zone)
            # Minutes on the watch: a meeting across a change of clocks lasts as long as any other.
            yield Expected(group, meeting, day, starts_at, starts_at + timedelta(minutes=meeting.minutes))
