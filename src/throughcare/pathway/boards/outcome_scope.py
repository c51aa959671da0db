"""What the seven numbers are counted over, and a part of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import at_local
from throughcare.pathway.kept_days import Days, days_of_zone
from throughcare.records.episodes import Episode

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
BEFORE = 26 * WEEK


@dataclass(frozen=True)
class Counted:
    """A part of a whole."""

    part: int = 0
    whole: int = 0


@dataclass(frozen=True)
class Scope:
    """What is counted over: an organization or one site of it, and whole weeks from one day to another, excluded.

    `organization` and `site` are keys.
    """

    organization: int
    site: int | None
    since: date
    until: date
    zone: str

    @property
    def weeks(self) -> int:
        """How many weeks."""
        return (self.until - self.since).days // 7

    @property
    def mondays(self) -> list[date]:
        """The first day of each week, whichever weekday the organization's weeks begin on."""
        return [self.since + week * WEEK for week in range(self.weeks)]

    def week_of(self, day: date) -> int | None:
        """The place of a day's week; None for a day outside."""
        return (day - self.since).days // 7 if self.since <= day < self.until else None

    def days(self, zone: str) -> Days:
        """The days at a site that the numbers ask for, the half year before the scope included."""
        return days_of_zone(zone, self.since - BEFORE, self.until + WEEK)

    def midnight(self, day: date) -> datetime:
        """When a day begins."""
        return at_local(day, time(0), self.zone)

    def admitted(self, *, earlier: int = 0) -> QuerySet[Episode]:
        """Episodes admitted in the scope, or so many days earlier; a day more on either side, for other time zones."""
        rows = Episode.objects.filter(
            organization_id=self.organization,
            admitted_at__gte=self.midnight(self.since - (earlier + 1) * DAY),
            admitted_at__lt=self.midnight(self.until + DAY),
        )
        return rows.filter(site=self.site) if self.site else rows


def tally(scope: Scope, found: Sequence[tuple[date, bool]]) -> list[Counted]:
    """Days with whether the thing happened, as a part of a whole in each week; days outside are left out."""
    parts, wholes = [0] * scope.weeks, [0] * scope.weeks
    for day, happened in found:
        week = scope.week_of(day)
        if week is not None:
            wholes[week] += 1
            parts[week] += happened
    return [Counted(part, whole) for part, whole in zip(parts, wholes, strict=True)]
