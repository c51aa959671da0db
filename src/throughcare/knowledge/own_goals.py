"""Goals that people set themselves: the parts of life they are about, and what may be kept.

Nobody grades them. A goal can be let go, a step too, and that is no failure. [ours]
"""

from dataclasses import dataclass
from datetime import date

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

LONGEST_GOAL, LONGEST_STEP, LONGEST_WORDS = 300, 200, 500
MOST_GOALS, MOST_STEPS = 12, 8
TOP = 10
NO_AREA = "Choose the part of life it is about."
NO_GOAL = "Say in your own words what you want."
LONG_GOAL = f"Shorten this to {LONGEST_GOAL} characters."
MANY_GOALS = f"You have {MOST_GOALS} goals. Let one go first."
NO_STEP = "Say what you do next."
LONG_STEP = f"Shorten this to {LONGEST_STEP} characters."
DAY_IS_OVER = "That day is over. Choose today or a later day, or leave it out."
MANY_STEPS = f"You have {MOST_STEPS} open steps here. Finish or drop one first."
NO_NUMBER = f"Choose a number from 0 to {TOP}."
LONG_WORDS = f"Shorten this to {LONGEST_WORDS} characters."
REFUSALS = (
    NO_AREA,
    NO_GOAL,
    LONG_GOAL,
    MANY_GOALS,
    NO_STEP,
    LONG_STEP,
    DAY_IS_OVER,
    MANY_STEPS,
    NO_NUMBER,
    LONG_WORDS,
)


@dataclass(frozen=True)
class Area:
    """A part of life. `begin` is how a goal in it may begin."""

    code: str
    title: str
    begin: str
    at_work: bool = False


AREAS = (
    Area("sober", "Staying sober", "I want to get through weekends without …"),
    Area("health", "Body and mind", "I want to sleep through the night."),
    Area("people", "Family and friends", "I want my children to …"),
    Area("home", "Home and money", "I want a place where …"),
    Area("work", "Work", "I want to go back to work on …", at_work=True),
    Area("learning", "School and learning", "I want to finish …", at_work=True),
    Area("free_time", "Free time and joy", "I want to play music again."),
    Area("other", "Something else", "I want …"),
)
ALL = {one.code: one for one in AREAS}


def check_goal(area: str, words: str, *, standing: int) -> Verdict:
    """Whether this goal can be kept beside `standing` others."""
    if area not in ALL:
        return Refused(NO_AREA)
    if not words:
        return Refused(NO_GOAL)
    if len(words) > LONGEST_GOAL:
        return Refused(LONG_GOAL)
    if standing >= MOST_GOALS:
        return Refused(MANY_GOALS)
    return Allowed()


def check_step(words: str, by_date: date | None, *, today: date, standing: int) -> Verdict:
    """Whether this next step can be kept beside `standing` open ones of the same goal."""
    if not words:
        return Refused(NO_STEP)
    if len(words) > LONGEST_STEP:
        return Refused(LONG_STEP)
    if by_date is not None and by_date < today:
        return Refused(DAY_IS_OVER)
    if standing >= MOST_STEPS:
        return Refused(MANY_STEPS)
    return Allowed()


def check_words(how_far: int | None, words: str) -> Verdict:
    """Whether someone can say this of a goal."""
    if how_far is None or not 0 <= how_far <= TOP:
        return Refused(NO_NUMBER)
    if len(words) > LONGEST_WORDS:
        return Refused(LONG_WORDS)
    return Allowed()
