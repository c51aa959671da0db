"""Hours of a week as a person gives them, what they say in words, and which tracks they leave open. [ours]"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from itertools import groupby

from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.tracks import WEEKDAYS, Track

LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, order=True)
class Span:
    """Local wall-clock hours on a weekday (0 is Monday). One that ends before it starts runs past midnight."""

    weekday: int
    starts: time
    ends: time

    @property
    def overnight(self) -> bool:
        """Whether it ends on the next day."""
        return self.ends <= self.starts


# When a track's sessions usually lie, within the hours that it may use. A track stays open to a person when three
# of its days are free then; the weekend alone has two days, so it is what remains.
USUAL_HOURS = {"day": (time(9), time(14)), "evening": (time(17, 30), time(20, 30))}
DAYS_NEEDED = 3


def spans(value: Iterable[Iterable[str | int]]) -> tuple[Span, ...]:
    """The spans stored as `[weekday, "07:00", "15:00"]`. Raises `ValueError` for anything else."""
    found = []
    for row in value:
        weekday, starts, ends = row
        if not isinstance(weekday, int) or isinstance(weekday, bool) or not 0 <= weekday <= 6:
            raise ValueError("a weekday is a number from 0, Monday, to 6")
        found.append(Span(weekday, time.fromisoformat(str(starts)), time.fromisoformat(str(ends))))
    return tuple(sorted(found))


def within_days(given: Iterable[Span]) -> tuple[Span, ...]:
    """The same hours, each within one day: a night shift becomes an evening and a morning."""
    found = []
    for span in given:
        if not span.overnight:
            found.append(span)
            continue
        found.append(Span(span.weekday, span.starts, LAST_MINUTE))
        if span.ends > time(0):
            found.append(Span((span.weekday + 1) % 7, time(0), span.ends))
    return tuple(sorted(found))


def say_hours(given: Iterable[Span]) -> str:
    """The hours in one line: “Mon–Fri 7 AM–3 PM, Sat 9 AM–12 PM”."""
    parts = []
    ordered = sorted(given, key=lambda span: (span.starts, span.ends, span.weekday))
    for (starts, ends), same in groupby(ordered, key=lambda span: (span.starts, span.ends)):
        days = [span.weekday for span in same]
        parts.append((days[0], f"{_say_days(days)} {_clock(starts)}–{_clock(ends)}"))
    return ", ".join(text for _, text in sorted(parts))


def _say_days(days: list[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = []
    for run in runs:
        first, last = WEEKDAYS[run[0]][:3], WEEKDAYS[run[-1]][:3]
        said.append(first if len(run) == 1 else f"{first}, {last}" if len(run) == 2 else f"{first}–{last}")
    return ", ".join(said)


def _clock(moment: time) -> str:
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'AM' if moment.hour < 12 else 'PM'}"


def open_tracks(given: Iterable[Span]) -> tuple[Track, ...]:
    """The tracks of the week that leave three days free of these hours."""
    taken = within_days(given)
    return tuple(TRACKS[code] for code in USUAL_HOURS if _free_days(code, taken) >= DAYS_NEEDED)


def _free_days(code: str, taken: tuple[Span, ...]) -> int:
    starts, ends = USUAL_HOURS[code]
    busy = {span.weekday for span in taken if span.starts < ends and span.ends > starts}
    return len(TRACKS[code].weekdays - busy)


def track_note(verb: str, given: tuple[Span, ...]) -> str:
    """What the hours mean for the track: “works 07-15: evening track”; empty when every track stays open."""
    fits = open_tracks(given)
    if not given or len(fits) == len(USUAL_HOURS):
        return ""
    hours = sorted({(span.starts, span.ends) for span in given})
    said = ", ".join(f"{_digits(starts)}-{_digits(ends)}" for starts, ends in hours)
    track = f"{fits[0].title.lower()} track" if fits else "weekend or telehealth"
    return f"{verb} {said}: {track}"


def _digits(moment: time) -> str:
    return f"{moment.hour:02}:{moment.minute:02}" if moment.minute else f"{moment.hour:02}"
