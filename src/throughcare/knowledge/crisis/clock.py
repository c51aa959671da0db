"""A program's waits as moments: minutes and hours as they pass, days as calendars count them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from throughcare.knowledge.clinic_calendar import add_business_days, at_local
from throughcare.knowledge.program_settings import ALL as SETTINGS
from throughcare.knowledge.program_settings import Number, value_of

_UNITS = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
}


@dataclass(frozen=True)
class Clock:
    """A site's zone and holidays with the program's own numbers."""

    zone: str
    holidays: frozenset[date] = frozenset()
    own: Mapping[str, Number] | None = None

    def after(self, moment: datetime, setting: str, times: int = 1) -> datetime:
        """The moment so long (once, or several times over) after `moment`. `KeyError` for an unknown setting."""
        count, unit = value_of(setting, self.own), SETTINGS[setting].unit
        if unit == "business days":
            return add_business_days(moment, int(count) * times, self.zone, self.holidays)
        if unit == "days":  # as clocks on the wall count them
            local = moment.astimezone(ZoneInfo(self.zone))
            day = local.date() + timedelta(days=int(count) * times)
            return at_local(day, local.time(), self.zone)
        return moment + _UNITS[unit] * count * times
