"""A process of the crew: seeks on its own copy of the week, and often hands over what it found."""

import sys
from time import monotonic

from throughcare.timetable.greedy import first_week
from throughcare.timetable.search.mend import week_of
from throughcare.timetable.search.messages import Start, hear, say
from throughcare.timetable.search.seeker import Seeker
from throughcare.timetable.search.tables import Tables
from throughcare.timetable.search.week import Change, Week

# Seconds between two exchanges with the others.
EXCHANGE = 0.7


def main() -> None:
    """Works until its pipe is closed or it is killed."""
    speak, listen = sys.stdout.buffer, sys.stdin.buffer
    start: Start = hear(listen)
    until = monotonic() + start.seconds
    week = _first(start)
    say(speak, _everything(week))
    seeker: Seeker | None = None
    while True:
        change: Change = hear(listen)
        if seeker is None:
            week.apply(change)
            seeker = Seeker(week, start.seed)
        else:
            seeker.take(change)
        say(speak, _seek(seeker, until))


def _first(start: Start) -> Week:
    tables = Tables(start.problem)
    if start.plan is not None:
        return week_of(tables, start.plan)
    late = monotonic() + start.seconds * 0.6
    return first_week(tables, start.seed, hurry=lambda: monotonic() > late)


def _everything(week: Week) -> list[Change]:
    """The whole week as one change of an empty one."""
    return [Change(dict(enumerate(week.attend)), dict(enumerate(week.ones)), dict(week.leader))]


def _seek(seeker: Seeker, until: float) -> list[Change]:
    """The changes of about one exchange's time."""
    found: list[Change] = []
    stop = min(until, monotonic() + EXCHANGE)
    while (now := monotonic()) < stop:
        change = seeker.step(until - now)
        if change is not None:
            found.append(change)
    return found


if __name__ == "__main__":
    try:
        main()
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)
