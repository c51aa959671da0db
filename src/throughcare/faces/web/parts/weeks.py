"""The week on a page: days beside hours on a desk, a list of days on a phone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.template import Library
from django.utils.safestring import SafeString

from throughcare.knowledge.week_rules import say_times

from ..status_words import Tone
from .draw import draw

register = Library()

MOST_LANES = 8  # the stylesheet knows as many lanes; what overlaps beyond shares the last one


@dataclass(frozen=True)
class Block:
    """A session, an appointment or a commitment in the week; times are local and within one day."""

    day: date
    starts: time
    ends: time
    title: str
    detail: str = ""
    url: str = ""
    tone: Tone = "calm"
    commitment: bool = False  # the patient's own time: work, school, dosing

    @property
    def times(self) -> str:
        """From when until when, in words."""
        return say_times(self.starts, self.ends)


@dataclass(frozen=True)
class PlacedBlock:
    """A block with its row (quarter hours from the top of the grid), height and lane."""

    block: Block
    row: int
    height: int
    lane: int


@dataclass(frozen=True)
class Day:
    """One day of the grid."""

    date: date
    lanes: int
    blocks: Sequence[PlacedBlock]


@dataclass(frozen=True)
class WeekGrid:
    """A week drawn on quarter hours between two whole hours."""

    days: Sequence[Day]
    hours: Sequence[time]


def week_grid(days: Iterable[date], blocks: Iterable[Block]) -> WeekGrid:
    """Place the blocks of these days; the grid opens with the earliest and closes with the latest of them."""
    shown = list(days)
    kept = [block for block in blocks if block.day in shown]
    first = min((block.starts.hour for block in kept), default=9)
    last = max((-(-_end(block) // 4) for block in kept), default=17)
    last = max(last, first + 1)
    return WeekGrid(
        days=[_day(day, [block for block in kept if block.day == day], first * 4) for day in shown],
        hours=[time(hour) for hour in range(first, last)],
    )


def _quarters(moment: time) -> int:
    """Quarter hours since midnight, rounded; midnight as an end is the end of the day."""
    return round((moment.hour * 60 + moment.minute) / 15)


def _end(block: Block) -> int:
    end = _quarters(block.ends) or 96
    return max(end, _quarters(block.starts) + 1)


def _day(day: date, blocks: list[Block], top: int) -> Day:
    """Give each block the first lane that is free when it starts."""
    free_from: list[int] = []
    placed = []
    for block in sorted(blocks, key=lambda one: (one.starts, one.ends, one.title)):
        starts, ends = _quarters(block.starts), _end(block)
        lane = next((number for number, free in enumerate(free_from) if free <= starts), len(free_from))
        if lane < len(free_from):
            free_from[lane] = ends
        elif lane < MOST_LANES:
            free_from.append(ends)
        else:
            lane = MOST_LANES - 1
        placed.append(PlacedBlock(block, starts - top + 1, ends - starts, lane + 1))
    return Day(day, max(len(free_from), 1), placed)


@register.simple_tag
def week(grid: WeekGrid, label: str, today: date | None = None, level: int = 3) -> SafeString:
    """The grid of a week: `{% week grid "Week of November 23" today=today %}`."""
    return draw("week", grid=grid, label=label, today=today, level=level)
