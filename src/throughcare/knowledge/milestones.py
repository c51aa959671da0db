"""Milestones: days worth a word. They are the person's own, and told to nobody until the person says where. [ours]

Sober days are counted from a day the person names themselves, and told only if they ask for that besides.
"""

from dataclasses import dataclass
from datetime import date, timedelta

# Where a milestone may be told, as the person asks. Nowhere is the default.
PLACES: dict[str, str] = {
    "group": "My group leader may say it in my group",
    "community": "Others see it on the community page, under the name I use there",
}

# Days in the program, and after it.
PROGRAM_DAYS = (
    (7, "One week in the program"),
    (30, "One month in the program"),
    (60, "Two months in the program"),
    (90, "Three months in the program"),
)
AFTER_DAYS = (
    (30, "One month after the program"),
    (90, "Three months after the program"),
    (180, "Half a year after the program"),
    (365, "One year after the program"),
    (547, "Eighteen months after the program"),
)
FINISHED = "Finished the program"
SOBER_DAYS = (
    (1, "One day sober"),
    (7, "One week sober"),
    (30, "30 days sober"),
    (60, "60 days sober"),
    (90, "90 days sober"),
    (180, "Half a year sober"),
    (365, "One year sober"),
    (547, "18 months sober"),
    (730, "Two years sober"),
)


@dataclass(frozen=True)
class Course:
    """One time through the program; `completed` when it was finished and not only left."""

    began: date
    ended: date | None = None
    completed: bool = False


@dataclass(frozen=True)
class Milestone:
    """One day worth a word; `is_sober` counts the person's own days."""

    day: date
    words: str
    is_sober: bool = False


def milestones(course: Course | None, *, sober_since: date | None = None, until: date) -> list[Milestone]:
    """What was reached until this day, the newest first."""
    found = _of_the_course(course) if course else []
    if sober_since:
        found += [
            Milestone(sober_since + timedelta(days=days), words, is_sober=True) for days, words in SOBER_DAYS
        ]
    return sorted((one for one in found if one.day <= until), key=lambda one: one.day, reverse=True)


def _of_the_course(course: Course) -> list[Milestone]:
    last = course.ended or date.max
    found = [
        Milestone(day, words)
        for days, words in PROGRAM_DAYS
        for day in [course.began + timedelta(days=days)]
        if day <= last
    ]
    if course.ended and course.completed:
        found.append(Milestone(course.ended, FINISHED))
        found += [Milestone(course.ended + timedelta(days=days), words) for days, words in AFTER_DAYS]
    return found


def told(found: list[Milestone], *, tells_sober_days: bool, since: date) -> list[Milestone]:
    """Of these what others may be told: lately reached, and sober days only where the person asks for it."""
    return [one for one in found if one.day >= since and (tells_sober_days or not one.is_sober)]
