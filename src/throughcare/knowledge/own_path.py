"""The way to independence in a person's own words: what each level is to them, and what is met before the next. [ours]

The criteria are those of `placement/steps.py`; here is only how they are said to the person. Nothing of what the
program guesses about a person stands here.
"""

from dataclasses import dataclass

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.levels_of_care import next_down

AFTERCARE = "aftercare"
AFTERCARE_MONTHS = 18


@dataclass(frozen=True)
class PlainCriterion:
    """One criterion of a step down: what to read when it is met, and what to do until it is. `page` leads there."""

    code: str
    met: str
    not_yet: str
    page: str = ""


CRITERIA = {
    one.code: one
    for one in (
        PlainCriterion(
            "attendance",
            "You come to most of your hours.",
            "Come to most of your hours. A make-up counts the same.",
            "my_hours",
        ),
        PlainCriterion(
            "suicide_tier",
            "You and your team find that you are safe.",
            "Talk with your team about staying safe. They ask you about it now and then.",
            "my_safety_plan",
        ),
        PlainCriterion(
            "tests",
            "Your tests are as expected.",
            "Your tests are to be as expected. If one was not, talk it over with your team.",
            "my_tests",
        ),
        PlainCriterion(
            "measure",
            "Your own answers show that you are better.",
            "Fill in the questions when they are asked: your answers show when you are better.",
        ),
        PlainCriterion(
            "plan",
            "You have a plan for staying well.",
            "Write your plan for staying well. Your team helps.",
            "my_safety_plan",
        ),
        PlainCriterion(
            "next_visit",
            "Your next visit is booked.",
            "Have your next visit booked before the step.",
            "my_week",
        ),
    )
}


@dataclass(frozen=True)
class PlainLevel:
    """A level as the person lives it."""

    code: str
    title: str
    about: str


PLAIN_LEVELS = {
    one.code: one
    for one in (
        PlainLevel("php", "Day program", "Twenty hours a week or more. You sleep at home."),
        PlainLevel(
            "iop",
            "Intensive outpatient",
            "Nine to nineteen hours a week, on three days or more, round your life.",
        ),
        PlainLevel("op", "Outpatient", "One or two visits a week. You do more of it by yourself."),
        PlainLevel(
            AFTERCARE,
            "On your own, with us behind you",
            "No more program. We check in with you for eighteen months, and the way back is open.",
        ),
    )
}


def plain_level(code: str) -> PlainLevel:
    """A level in plain words; one that a program rarely has reads as its row says."""
    known = PLAIN_LEVELS.get(code)
    return known or PlainLevel(code, LEVELS[code].title, LEVELS[code].about)


def levels_ahead(code: str) -> tuple[str, ...]:
    """The levels from this one down, and what comes after the last."""
    found, lower = [], next_down(code)
    while lower is not None:
        found.append(lower.code)
        lower = next_down(lower.code)
    return (*found, AFTERCARE)
