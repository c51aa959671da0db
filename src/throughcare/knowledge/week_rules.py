"""The rules of a week: who and what is free, how many fit, who works when, and who must not meet.

Each rule is one function that answers a verdict with its sentence. Times of real meetings are moments with a time
zone, so that a change of clocks cannot move them; shifts and tracks are wall-clock times of a weekday.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.tracks import VARIANTS, WEEKDAYS
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

WOMEN = frozenset({"woman", "female", "f", "trans woman", "transgender woman"})
MEN = frozenset({"man", "male", "m", "trans man", "transgender man"})


@dataclass(frozen=True)
class Span:
    """A stretch of time that something takes; `title` is how a sentence names it."""

    starts_at: datetime
    ends_at: datetime
    title: str = ""


@dataclass(frozen=True)
class ShiftTimes:
    """When someone works: wall-clock hours on a weekday (0 is Monday), on the days from `first` to `last`."""

    weekday: int
    starts: time
    ends: time
    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the shift is worked on this day."""
        return day.weekday() == self.weekday and self.first <= day and (self.last is None or day <= self.last)


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share any time; one that ends as the other begins shares none."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def clashes(wanted: Iterable[Span], held: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Every pair of a wanted and a held span that overlap, in the order of time."""
    taken = sorted(held, key=lambda span: span.starts_at)
    if not taken:
        return []
    starts = [span.starts_at for span in taken]
    longest = max(span.ends_at - span.starts_at for span in taken)
    found: list[tuple[Span, Span]] = []
    for span in sorted(wanted, key=lambda one: one.starts_at):
        # Whoever overlaps began at most the longest length ago, and before this one ends.
        earliest, latest = bisect_left(starts, span.starts_at - longest), bisect_left(starts, span.ends_at)
        found.extend((span, other) for other in taken[earliest:latest] if overlap(span, other))
    return found


def check_free(
    who: str, wanted: Iterable[Span], held: Iterable[Span], *, zone: str, verb: str = "has", advice: str = ""
) -> Verdict:
    """Whether someone or something has no other use of the wanted time."""
    pairs = clashes(wanted, held)
    if not pairs:
        return Allowed()
    ours, theirs = pairs[0]
    times = "" if len(pairs) == 1 else f" The same happens {len(pairs) - 1} more times in the weeks ahead."
    return Refused(
        f"{who} {verb} {theirs.title} on {say_span(theirs, zone)}, at the same time as {ours.title}.{times}"
        f"{' ' + advice if advice else ''}"
    )


def check_seats(what: str, *, taken: int, capacity: int, on: date | None = None) -> Verdict:
    """Whether one more person fits."""
    if taken < capacity:
        return Allowed()
    day = f" on {say_day(on)}" if on else ""
    return Refused(
        f"{what} is full{day}: {taken} of {capacity} seats are taken. Choose another group, or a later day."
    )


def check_group_size(capacity: int, *, most: int, of: str, cite: str) -> Verdict:
    """Whether a group may have so many seats."""
    if capacity < 1:
        return Refused("A group has at least one seat.")
    if capacity > most:
        return Refused(f"{of} has at most {most} seats here, not {capacity}. Lower the seats.", cite=cite)
    return Allowed()


def check_room_holds(room: str, *, holds: int, seats: int, staff: int = 1) -> Verdict:
    """Whether a room takes a group's seats and those who lead it."""
    if seats + staff <= holds:
        return Allowed()
    return Refused(
        f"{room} holds {holds} people; {seats} seats and {staff} who lead{'s' if staff == 1 else ''} need "
        f"{seats + staff}. Choose a larger room or fewer seats."
    )


def check_ratio(what: str, *, patients: int, staff: int, most: int, on: date | None = None) -> Verdict:
    """Whether there are staff enough: at most so many patients for each who leads."""
    if patients <= staff * most:
        return Allowed()
    day = f" on {say_day(on)}" if on else ""
    led = f"{staff} who lead{'s' if staff == 1 else ''}" if staff else "nobody who leads"
    return Refused(
        f"{what} would have {patients} patients{day} and {led}; at most {most} for each staff member. "
        "Add someone who leads, or choose another.",
        cite="program setting: ratio of staff to patients",
    )


def check_within_shift(
    who: str, wanted: Iterable[Span], shifts: Sequence[ShiftTimes], *, zone: str
) -> Verdict:
    """Whether someone works during all of the wanted time."""
    for span in wanted:
        day, starts, ends = wall_clock(span, zone)
        worked = sorted((shift.starts, shift.ends) for shift in shifts if shift.covers(day))
        if any(opens <= starts and ends <= closes for opens, closes in joined(worked)):
            continue
        weekday = WEEKDAYS[day.weekday()]
        hours = " and ".join(say_times(*hours) for hours in joined(worked))
        works = f"works {hours} on {weekday}s, not" if worked else f"does not work on {weekday}s, so not"
        return Refused(f"{who} {works} {say_times(starts, ends)}. Choose another time, or change the shift.")
    return Allowed()


def joined(hours: Sequence[tuple[time, time]]) -> list[tuple[time, time]]:
    """Hours in order, with those that touch or overlap made one."""
    whole: list[tuple[time, time]] = []
    for starts, ends in hours:
        if whole and starts <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(ends, whole[-1][1]))
        else:
            whole.append((starts, ends))
    return whole


def check_kept_apart(names: Sequence[str], *, may_know: bool) -> Verdict:
    """Whether nobody is there whom this person must not meet. Who and why is told only to those who may know."""
    if not names:
        return Allowed()
    cite = "Co-residents, or those who harmed and were harmed, are not placed in one group"
    if may_know:
        who = ", ".join(names)
        return Refused(f"This person must be kept apart from {who}, who is in it. Choose another.", cite=cite)
    return Refused(
        "This group can't take this person: someone who must be kept apart is in it. Ask the clinical director.",
        cite=cite,
    )


def check_kept_from_staff(names: Sequence[str], *, may_know: bool) -> Verdict:
    """Whether nobody leads it whom this person must never be with. Who is told only to those who may know."""
    if not names:
        return Allowed()
    who = (
        f"{', '.join(names)} leads it, whom this person" if may_know else "someone leads it whom this person"
    )
    ask = "" if may_know else " Ask the clinical director."
    return Refused(f"This does not fit: {who} must not meet in a session. Choose another.{ask}")


def check_takes_newcomers(group: str, *, is_closed: bool) -> Verdict:
    """Whether a group takes anyone who is not in it."""
    if not is_closed:
        return Allowed()
    return Refused(f"{group} takes nobody new now: those in it stay among themselves. Choose another group.")


def check_variant(variant: str, *, gender: str, sex: str) -> Verdict:
    """Whether a group for women or for men is meant for this person, as far as is recorded."""
    wanted = {"women": WOMEN, "men": MEN}.get(variant)
    known = (gender or sex).strip().lower()
    if wanted is None or known in wanted or not known or known in {"unknown", "undisclosed"}:
        return Allowed()
    return Refused(
        f"This group is for {VARIANTS[variant].lower()}; “{gender or sex}” is recorded. "
        "Choose another group, or correct the person's details."
    )


def check_track_hours(track: str, *, weekday: int, starts: time, minutes: int) -> Verdict:
    """Whether a weekly time lies in the hours of its track."""
    row = TRACKS[track]
    begins = timedelta(hours=starts.hour, minutes=starts.minute)
    closes = timedelta(hours=row.closes.hour, minutes=row.closes.minute)
    if weekday in row.weekdays and starts >= row.opens and begins + timedelta(minutes=minutes) <= closes:
        return Allowed()
    return Refused(
        f"The {row.title.lower()} track meets {row.days_in_words}, {say_times(row.opens, row.closes)}. "
        "Choose a time within it, or another track for the group."
    )


def check_contiguous(spans: Iterable[Span], *, most_gap: int, zone: str) -> Verdict:
    """Whether a day's sessions follow each other without a wait of more than `most_gap` minutes."""
    ordered = sorted(spans, key=lambda span: span.starts_at)
    for one, other in pairwise(ordered):
        same_day = wall_clock(one, zone)[0] == wall_clock(other, zone)[0]
        gap = int((other.starts_at - one.ends_at).total_seconds() // 60)
        if same_day and gap > most_gap:
            return Refused(
                f"This leaves a wait of {say_minutes(gap)} between {one.title} and {other.title} "
                f"on {say_day(wall_clock(one, zone)[0])}."
            )
    return Allowed()


def check_longest_day(minutes: int, *, most_hours: float, on: date) -> Verdict:
    """Whether a day stays within the longest day that the plan allows."""
    if minutes <= round(most_hours * 60):
        return Allowed()
    return Refused(
        f"{say_day(on)} would have {say_minutes(minutes)}; the plan's longest day is {most_hours:g} h."
    )


def check_days(days: int, *, prescribed: int) -> Verdict:
    """Whether a week asks for no more days than the plan."""
    if days <= prescribed:
        return Allowed()
    return Refused(f"That makes {days} days a week; the plan has {prescribed}.")


def check_hours(minutes: int, *, prescribed: float) -> Verdict:
    """Whether a week asks for no more hours than the plan."""
    if minutes <= round(prescribed * 60):
        return Allowed()
    return Refused(f"That makes {say_minutes(minutes)} a week; the plan has {prescribed:g} h.")


def wall_clock(span: Span, zone: str) -> tuple[date, time, time]:
    """The day, start and end that clocks in `zone` show."""
    starts, ends = span.starts_at.astimezone(ZoneInfo(zone)), span.ends_at.astimezone(ZoneInfo(zone))
    return starts.date(), starts.time(), ends.time()


def say_span(span: Span, zone: str) -> str:
    """A span in words: Mon, Mar 9, 5:30–8:30 PM."""
    day, starts, ends = wall_clock(span, zone)
    return f"{say_day(day)}, {say_times(starts, ends)}"


def say_day(day: date) -> str:
    """A day in words: Mon, Mar 9."""
    return f"{day:%a, %b} {day.day}"


def say_times(starts: time, ends: time) -> str:
    """Times in words, with AM or PM said once where both have it: 5:30–8:30 PM."""
    if (starts.hour < 12) == (ends.hour < 12):
        return f"{_clock(starts)}–{_clock(ends)} {_half(ends)}"
    return f"{_clock(starts)} {_half(starts)}–{_clock(ends)} {_half(ends)}"


def say_minutes(minutes: int) -> str:
    """Minutes in words: 45 min, 2 h, 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def _clock(clock: time) -> str:
    return f"{clock.hour % 12 or 12}:{clock.minute:02}"


def _half(clock: time) -> str:
    return "AM" if clock.hour < 12 else "PM"
