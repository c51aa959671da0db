"""The expected course of a score: a yardstick, and no forecast.

Symptoms fall fast at first and slower later: in proportion to the logarithm of the time in care (Howard, Kopta, Krause,
Orlinsky 1986, dose and effect in psychotherapy). From the first score the course falls by a share that the program sets
(half, which counts as a response) over the expected length of stay. It is the same for everyone who starts at the same
score: nothing else is known of them here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import log

from throughcare.knowledge.questionnaires.questionnaire import Number, Questionnaire

SOURCE = (
    "shape: Howard et al. 1986; share and weeks: program settings course.expected_fall, los.expected_weeks"
)


@dataclass(frozen=True)
class ExpectedCourse:
    """The course by day, and where the latest score stands to it: on course, ahead, behind; empty: not known."""

    points: tuple[tuple[date, float], ...]
    standing: str
    words: str


def has_course(questionnaire: Questionnaire, first: Number | None) -> bool:
    """Only a score that began in the clinical range, where more is worse, is expected to fall."""
    cut = questionnaire.case_from or questionnaire.positive_from
    return first is not None and cut is not None and questionnaire.higher_is == "worse" and first >= cut


def expected_at(first: Number, weeks: float, *, fall: float, stay_weeks: float) -> float:
    """The expected score so many weeks after the first; after the expected stay it falls no further."""
    share = log(1 + min(max(weeks, 0.0), stay_weeks)) / log(1 + stay_weeks)
    return first * (1 - fall * share)


def expected_course(
    questionnaire: Questionnaire,
    first: Number | None,
    began: date,
    latest: Number | None,
    on: date,
    *,
    fall: float,
    stay_weeks: float,
) -> ExpectedCourse | None:
    """The course from the first score, week by week to `on`, and how the latest stands to it; None without one."""
    if first is None or latest is None or on <= began or not has_course(questionnaire, first):
        return None
    days = [began + timedelta(weeks=week) for week in range((on - began).days // 7 + 1)]
    points = tuple((day, _at(first, began, day, fall, stay_weeks)) for day in [*days, on] if day <= on)
    distance = latest - points[-1][1]
    bound = questionnaire.reliable_change or 0
    if distance >= max(bound, 1):
        return ExpectedCourse(
            points, "behind", f"{_points(distance)} above the expected course: look at the plan together."
        )
    if distance <= -max(bound, 1):
        return ExpectedCourse(points, "ahead", f"{_points(-distance)} below the expected course.")
    return ExpectedCourse(points, "on_course", "On the expected course.")


def _at(first: Number, began: date, day: date, fall: float, stay_weeks: float) -> float:
    return expected_at(first, (day - began).days / 7, fall=fall, stay_weeks=stay_weeks)


def _points(distance: float) -> str:
    whole = round(distance)
    return f"{whole} point{'' if whole == 1 else 's'}"
