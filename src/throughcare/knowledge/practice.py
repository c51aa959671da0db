"""The practice log: what may be told of a skill that was used, and how often each was used.

Only what was done is counted, never what was not. [ours]
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from throughcare.knowledge.between_sessions import LONGEST_WORDS, TOP
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

LONGEST_SKILL = 80
# A tap too many is taken back on the same day, and so many taps a day are more than anyone means.
MOST_A_DAY = 40
NO_SKILL = "Say which skill you used."
LONG_SKILL = f"Shorten the skill to {LONGEST_SKILL} characters."
NO_NUMBER = f"Choose a number from 0 to {TOP}."
LONG_WORDS = f"Shorten this to {LONGEST_WORDS} characters."
PLENTY = "That is plenty for one day. Tell us more tomorrow."
REFUSALS = (NO_SKILL, LONG_SKILL, NO_NUMBER, LONG_WORDS, PLENTY)


@dataclass(frozen=True)
class Used:
    """A skill was used on a day; `helped` is 0 to 10, None when nothing was said."""

    skill: str
    on: date
    helped: int | None = None


@dataclass(frozen=True)
class SkillCount:
    """One skill: how often it was used, and how much it helped on average."""

    skill: str
    times: int
    helped: float | None


def check_practice(skill: str, helped: int | None, words: str, *, today: int) -> Verdict:
    """Whether this can be kept, beside `today` others of the day."""
    if not skill:
        return Refused(NO_SKILL)
    if len(skill) > LONGEST_SKILL:
        return Refused(LONG_SKILL)
    if helped is not None and not 0 <= helped <= TOP:
        return Refused(NO_NUMBER)
    if len(words) > LONGEST_WORDS:
        return Refused(LONG_WORDS)
    if today >= MOST_A_DAY:
        return Refused(PLENTY)
    return Allowed()


def counts_of(used: Sequence[Used]) -> tuple[SkillCount, ...]:
    """Each skill with how often it was used, the most used first."""
    by_skill: dict[str, list[Used]] = {}
    for one in used:
        by_skill.setdefault(one.skill, []).append(one)
    found = [_count(skill, rows) for skill, rows in by_skill.items()]
    return tuple(sorted(found, key=lambda one: (-one.times, one.skill)))


def _count(skill: str, rows: Sequence[Used]) -> SkillCount:
    said = [one.helped for one in rows if one.helped is not None]
    return SkillCount(skill, len(rows), sum(said) / len(said) if said else None)
