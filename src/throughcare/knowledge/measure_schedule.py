"""When which questionnaire is asked: at intake, every week, every month, at discharge and after it (§3.2). [ours]

Each row is asked of those it fits; a program switches a row off by setting its interval to 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.program_settings import Number, value_of

YOUNGEST_TEEN, ADULT = 11, 18
INTAKE, WEEKLY, REVIEW, DISCHARGE, FOLLOW_UP = "intake", "weekly", "review", "discharge", "follow_up"
CRITICAL, ASKED = "critical", "asked"
OCCASIONS = {
    INTAKE: "At intake",
    WEEKLY: "Every week",
    REVIEW: "Every month",
    DISCHARGE: "Before discharge",
    FOLLOW_UP: "After discharge",
    CRITICAL: "Because of an answer",
    ASKED: "Asked for by staff",
}
WEEKLY_SETTING = "measures.weekly_days"
REVIEW_SETTING = "measures.review_days"
AHEAD_SETTING = "measures.open_days"
FOLLOW_UPS = (
    "measures.follow_up_first",
    "measures.follow_up_second",
    "measures.follow_up_third",
    "measures.follow_up_fourth",
)
SETTINGS = (WEEKLY_SETTING, REVIEW_SETTING, AHEAD_SETTING, *FOLLOW_UPS)


@dataclass(frozen=True)
class Scheduled:
    """One questionnaire and the occasions at which it is asked; `for_whom` narrows whom."""

    code: str
    occasions: frozenset[str]
    for_whom: str = "everyone"  # everyone | adults | teens | trauma | licensed
    source: str = "§3.2 program default"


ROWS = (
    Scheduled("phq-9", frozenset({WEEKLY, DISCHARGE, FOLLOW_UP}), "adults"),
    Scheduled("phq-a", frozenset({WEEKLY, DISCHARGE, FOLLOW_UP}), "teens"),
    Scheduled("gad-7", frozenset({WEEKLY, DISCHARGE, FOLLOW_UP})),
    Scheduled("use-and-craving", frozenset({WEEKLY, DISCHARGE, FOLLOW_UP})),
    Scheduled("bam", frozenset({REVIEW, DISCHARGE, FOLLOW_UP}), "adults"),
    Scheduled("pcl-5", frozenset({REVIEW, DISCHARGE, FOLLOW_UP}), "trauma"),
    # How life goes (§3.2 "function"): asked where the clinic entered the wording that it is licensed to use. A teen's
    # PHQ-A asks it each week; no instrument of the library does it for them every month.
    Scheduled("wsas", frozenset({REVIEW, DISCHARGE, FOLLOW_UP}), "licensed"),
    Scheduled("whodas-12", frozenset({REVIEW, DISCHARGE, FOLLOW_UP}), "licensed"),
    Scheduled("working-together", frozenset({REVIEW})),
)
LICENSED = tuple(row.code for row in ROWS if row.for_whom == "licensed")


@dataclass(frozen=True)
class Course:
    """What the schedule needs of one person: their stay, their age, what was asked and answered."""

    admitted: date
    ended: date | None
    age: int | None
    answered_ever: frozenset[str]
    last_asked: Mapping[str, date]  # by code: the newest day that it was asked for
    worded: frozenset[str] = frozenset()  # of those that don't ship, what the clinic entered the wording of


@dataclass(frozen=True)
class Due:
    """A questionnaire to ask, the day it is due, and from when on it may be answered."""

    code: str
    occasion: str
    due_date: date
    opens_date: date


def fits(row: Scheduled, course: Course) -> bool:
    """Whether a row is for this person; an age that is not known counts as grown up."""
    teen = course.age is not None and YOUNGEST_TEEN <= course.age < ADULT
    return {
        "everyone": True,
        "adults": not teen,
        "teens": teen,
        # Whoever answered it once, at intake or later, is asked again.
        "trauma": row.code in course.answered_ever,
        # One of them is enough.
        "licensed": not teen and row.code == next((code for code in LICENSED if code in course.worded), None),
    }[row.for_whom]


def due_until(course: Course, until: date, own: Mapping[str, Number] | None = None) -> Sequence[Due]:
    """Everything to ask up to a day, oldest first; at most one for each questionnaire that was not asked yet.

    Days that went by while nothing was asked are not made up: the next one is asked.
    """
    found = [
        due
        for row in ROWS
        if fits(row, course)
        for due in (
            _in_care(row, course, until, own) if course.ended is None else _after(row, course, until, own)
        )
    ]
    return sorted(found, key=lambda one: (one.due_date, one.code))


def _in_care(row: Scheduled, course: Course, until: date, own: Mapping[str, Number] | None) -> Sequence[Due]:
    rhythm = WEEKLY if WEEKLY in row.occasions else REVIEW
    every = int(value_of(WEEKLY_SETTING if rhythm == WEEKLY else REVIEW_SETTING, own))
    if not every:
        return ()
    ahead = timedelta(days=int(value_of(AHEAD_SETTING, own)))
    last = course.last_asked.get(row.code)
    since = max(last, course.admitted) if last else course.admitted
    gone = (until - course.admitted).days // every
    newest = course.admitted + timedelta(days=gone * every)
    if newest <= since or (last is not None and (newest - last).days * 2 <= every):
        return ()
    return (Due(row.code, rhythm, newest, newest - ahead),)


def _after(row: Scheduled, course: Course, until: date, own: Mapping[str, Number] | None) -> Sequence[Due]:
    """What is asked on leaving, unless it was asked just before, and what is asked later."""
    if course.ended is None:
        return ()
    ahead = timedelta(days=int(value_of(AHEAD_SETTING, own)))
    last = course.last_asked.get(row.code)
    days = [(course.ended, DISCHARGE, timedelta(0))]
    days += [(course.ended + timedelta(days=int(value_of(key, own))), FOLLOW_UP, ahead) for key in FOLLOW_UPS]
    found = [
        Due(row.code, occasion, day, day - before)
        for day, occasion, before in days
        if occasion in row.occasions and day <= until and (last is None or day > last + ahead)
    ]
    return tuple(found[-1:])
