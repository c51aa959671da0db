"""Tracks, variants of groups, and what a person's own week may hold: the words and hours behind the timetable. [ours]

A track is a promise about time: who works days must be able to trust that the evening track stays in the evening.
"""

from dataclasses import dataclass
from datetime import time

WORKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
EVERY_DAY = WORKDAYS | WEEKEND

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Track:
    """One track: the weekdays (0 is Monday) and wall-clock hours in which its groups meet.

    `remote` ones meet by video and ask for the telehealth agreement.
    """

    code: str
    title: str
    about: str
    weekdays: frozenset[int]
    opens: time
    closes: time
    days_in_words: str
    remote: bool = False


ROWS = (
    Track(
        "day",
        "Day",
        "Groups between nine and three on weekdays.",
        WORKDAYS,
        time(6),
        time(18),
        "Monday to Friday",
    ),
    Track(
        "evening",
        "Evening",
        "Groups after work on weekdays, from half past five.",
        WORKDAYS,
        time(15),
        time(22),
        "Monday to Friday",
    ),
    Track(
        "weekend",
        "Weekend",
        "Groups on Saturday and Sunday.",
        WEEKEND,
        time(6),
        time(22),
        "Saturday and Sunday",
    ),
    Track(
        "telehealth",
        "Telehealth",
        "Groups by video; the person joins from a private place.",
        EVERY_DAY,
        time(6),
        time(22),
        "every day",
        remote=True,
    ),
)

ALL: dict[str, Track] = {row.code: row for row in ROWS}


def track_title(code: str) -> str:
    """The track's title; an empty or unknown code reads as it stands."""
    row = ALL.get(code)
    return row.title if row is not None else code


# Whom a group is for, in the words of the page.
VARIANTS = {
    "mixed": "Everyone",
    "women": "Women",
    "men": "Men",
    "es": "In Spanish",
}


# How often something of a person's own week comes round.
EVERY_WEEKS = {1: "Every week", 2: "Every second week", 3: "Every third week", 4: "Every fourth week"}


@dataclass(frozen=True)
class CommitmentKind:
    """One kind of thing that a person's own life asks of their week; `said` is how a clash names it."""

    code: str
    title: str
    said: str


COMMITMENT_KINDS = {
    kind.code: kind
    for kind in (
        CommitmentKind("work", "Work", "work"),
        CommitmentKind("school", "School or training", "school"),
        CommitmentKind("childcare", "Child care", "child care"),
        CommitmentKind("court", "Court or probation", "a court or probation date"),
        CommitmentKind("dosing", "Medication dosing", "a dosing visit"),
        CommitmentKind("transport", "No ride at this time", "no ride"),
        CommitmentKind("other", "Something else", "something else"),
    )
}
