"""How sentences about a week name its groups, its times and its numbers."""

from collections.abc import Iterable, Sequence

from throughcare.timetable.problem import Problem, SlotKey

# The variant that needs no word: the group is for everyone.
MIXED = "mix"


def say_group(problem: Problem, key: SlotKey) -> str:
    """A group and when it meets, such as “DBT (women) on Tuesday 17:30”."""
    return f"{say_kind(problem, key)} on {problem.say_time(key.day, key.start)}"


def say_kind(problem: Problem, key: SlotKey) -> str:
    """A group without its time, such as “DBT (women)”; the second of two at one time is “DBT (2)”."""
    words = [] if key.variant == MIXED else [problem.say(key.variant)]
    words += [str(key.copy + 1)] if key.copy else []
    return problem.say(key.type) + "".join(f" ({word})" for word in words)


def say_room(problem: Problem, kind: str) -> str:
    """A kind of room, such as “family room”; a problem may name it by `room` and the kind."""
    return problem.names.get(f"room {kind}", f"{kind} room")


def say_day(problem: Problem, day: int) -> str:
    """The name of a day."""
    return problem.day_names[day] if day < len(problem.day_names) else f"day {day + 1}"


def say_part(problem: Problem, day: int, block: str) -> str:
    """A part of a day, such as “Tuesday evening”."""
    return f"{say_day(problem, day)} {problem.say(block)}"


def say_span(problem: Problem, day: int, ticks: Sequence[int]) -> str:
    """A stretch of a day, such as “Tuesday 17:00–20:00”."""
    minute = problem.first_minute + (ticks[-1] + 1) * problem.minutes_per_tick
    return f"{problem.say_time(day, ticks[0])}–{minute // 60:02d}:{minute % 60:02d}"


def say_hours(hours: float) -> str:
    """A number of hours: “1 hour”, “2.5 hours”."""
    return f"{hours:g} hour{'' if hours == 1 else 's'}"


def say_length(problem: Problem, ticks: int) -> str:
    """The length of some ticks, in hours."""
    return say_hours(round(ticks * problem.minutes_per_tick / 60, 2))


def say_count(number: int, one: str, many: str) -> str:
    """A number with its word: “1 person”, “3 people”."""
    return f"{number} {one if number == 1 else many}"


def say_list(words: Iterable[str], joint: str = "and") -> str:
    """“a”, “a and b”, “a, b and c”."""
    *first, last = list(words)
    return f"{', '.join(first)} {joint} {last}" if first else last
