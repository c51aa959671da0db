"""Lessons for people close to somebody in care, in our own words: each says what to know, what to try, and a sentence.

The steps follow what is known to help: praise what you want more of, step back from what you don't, look after
yourself, and ask at a good moment (community reinforcement and family training, CRAFT).
"""

from throughcare.knowledge.family_education.crisis_lessons import ROWS as CRISIS
from throughcare.knowledge.family_education.home_lessons import ROWS as HOME
from throughcare.knowledge.family_education.lesson import Lesson
from throughcare.knowledge.family_education.talking_lessons import ROWS as TALKING

ROWS: tuple[Lesson, ...] = (*TALKING, *HOME, *CRISIS)
ALL: dict[str, Lesson] = {row.code: row for row in ROWS}

# What the clinic's timetable holds for families, by type of session.
FAMILY_SESSIONS = ("multifamily", "family-education")

__all__ = ["ALL", "FAMILY_SESSIONS", "ROWS", "Lesson"]
