"""The days of many moments at once.

Django's conversion of a moment costs more than fetching it does, and the way to its day at a site as much again. Asked
for as text (UTC on both engines), moments find their day by bisection among a zone's midnights.
"""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Aggregate, Subquery, TextField
from django.db.models.functions import Cast

from throughcare.knowledge.clinic_calendar import at_local


def kept(column: str | Subquery | Aggregate) -> Cast:
    """A moment or a day as text, for `Days.of` and `date.fromisoformat`."""
    return Cast(column, TextField())


def moment_of(kept: str) -> datetime:
    """The moment that was kept as text."""
    moment = datetime.fromisoformat(kept)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Days:
    """The days of a zone from one to another."""

    def __init__(self, zone: str, first: date, last: date) -> None:
        self.zone = ZoneInfo(zone)
        self.days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
        self.midnights = [f"{at_local(day, time(0), zone):%Y-%m-%d %H:%M:%S}" for day in self.days]

    def of(self, moment: str) -> date:
        """The calendar day of a moment kept as text."""
        place = bisect_right(self.midnights, moment)
        if 0 < place < len(self.days):
            return self.days[place - 1]
        return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(self.zone).date()


@lru_cache(maxsize=32)
def days_of_zone(zone: str, first: date, last: date) -> Days:
    """The days of a zone; those asked for again and again are kept."""
    return Days(zone, first, last)
