"""The grid of a site's week: days of ticks on the wall clock, and the parts of a day that a person's day lies in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from throughcare.knowledge.week_rules import Span

DAYS = 7
DAY_MINUTES = 24 * 60
# The parts of a day, with the settings that say when each begins and is over.
PARTS = {
    "morning": ("Morning", "timetable.opens", "timetable.morning_until"),
    "afternoon": ("Afternoon", "timetable.afternoon_from", "timetable.afternoon_until"),
    "evening": ("Evening", "timetable.evening_from", "timetable.closes"),
}
SETTINGS = tuple(dict.fromkeys(chain(("timetable.minutes_per_tick",), *(row[1:] for row in PARTS.values()))))

Place = tuple[int, int, int]
Ticks = tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Grid:
    """Seven days from a Monday, each of `ticks` ticks from `first_minute` of the day on."""

    monday: date
    zone: str
    minutes_per_tick: int
    first_minute: int
    ticks: int
    blocks: Mapping[str, tuple[int, ...]]

    def tick_of(self, minute: int) -> int:
        """The tick in which a minute of the day lies; it may lie outside the grid."""
        return (minute - self.first_minute) // self.minutes_per_tick

    def length(self, minutes: int) -> int:
        """How many ticks so many minutes take."""
        return -(-minutes // self.minutes_per_tick)

    def start_of(self, at: datetime) -> tuple[int, int]:
        """The day and the tick at which a moment lies."""
        local = at.astimezone(ZoneInfo(self.zone))
        return (local.date() - self.monday).days, self.tick_of(local.hour * 60 + local.minute)

    def is_even(self, at: datetime) -> bool:
        """Whether a moment lies on a step of the grid."""
        local = at.astimezone(ZoneInfo(self.zone))
        return (local.hour * 60 + local.minute - self.first_minute) % self.minutes_per_tick == 0

    def day(self, day: int) -> date:
        """The calendar day of a day of the grid."""
        return self.monday + timedelta(days=day)

    def clock(self, tick: int) -> time:
        """The wall-clock time at which a tick begins."""
        minute = self.first_minute + tick * self.minutes_per_tick
        return time(minute // 60, minute % 60)

    def touched(self, spans: Iterable[Span], *, beside: int = 0) -> list[set[int]]:
        """The ticks of each day that the spans touch, with so many minutes before and after each."""
        return self._ticks(spans, beside=beside, whole=False)

    def held(self, spans: Iterable[Span]) -> list[set[int]]:
        """The ticks of each day that lie wholly within one of the spans."""
        return self._ticks(spans, beside=0, whole=True)

    def _ticks(self, spans: Iterable[Span], *, beside: int, whole: bool) -> list[set[int]]:
        found: list[set[int]] = [set() for _ in range(DAYS)]
        for span in spans:
            begins = self._minute(span.starts_at) - beside
            ends = self._minute(span.ends_at) + beside
            for day in range(max(0, begins // DAY_MINUTES), min(DAYS, ends // DAY_MINUTES + 1)):
                first = begins - day * DAY_MINUTES - self.first_minute
                last = ends - day * DAY_MINUTES - self.first_minute
                if whole:
                    first, last = -(-first // self.minutes_per_tick), last // self.minutes_per_tick
                else:
                    first, last = first // self.minutes_per_tick, -(-last // self.minutes_per_tick)
                found[day].update(range(max(0, first), min(self.ticks, last)))
        return found

    def _minute(self, at: datetime) -> int:
        """Minutes on the wall clock since the Monday began."""
        local = at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return int((local - datetime.combine(self.monday, time(0))).total_seconds() // 60)

    def whole_day(self) -> frozenset[int]:
        """Every tick of a day."""
        return frozenset(range(self.ticks))


def grid_for(monday: date, zone: str, own: Mapping[str, float], meetings: Iterable[Span]) -> Grid:
    """The grid that the settings ask for, as much longer as the meetings that are held already need."""
    step = int(own["timetable.minutes_per_tick"])
    first, last = _hour(own["timetable.opens"]), _hour(own["timetable.closes"])
    for span in meetings:
        starts, ends = (at.astimezone(ZoneInfo(zone)) for at in (span.starts_at, span.ends_at))
        first = min(first, starts.hour * 60 + starts.minute)
        last = max(last, ends.hour * 60 + ends.minute if ends.date() == starts.date() else DAY_MINUTES)
    first = first // step * step
    ticks = min(-(-(last - first) // step), (DAY_MINUTES - first) // step)
    blocks = {}
    for part, (_, begins, over) in PARTS.items():
        # The first part reaches to the day's first meeting, the last to its last.
        since = first if begins == "timetable.opens" else _hour(own[begins])
        until = first + ticks * step if over == "timetable.closes" else _hour(own[over])
        blocks[part] = tuple(range(max(0, (since - first) // step), min(ticks, (until - first) // step)))
    return Grid(monday, zone, step, first, ticks, blocks)


def _hour(hour: float) -> int:
    return round(hour * 60)
