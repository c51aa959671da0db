"""Lines for full sessions and groups: until when a free seat is held for the first in line, and how a place is said.

First come, first served; whoever no longer fits stays in line and is passed over until they fit again. [ours]
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.sentence import Sentence
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

SETTINGS = ("line.answer_hours", "line.closes_minutes")


def answer_by(
    freed_at: datetime, starts_at: datetime, *, own: Mapping[str, Number] | None = None
) -> datetime | None:
    """Until when a seat that came free is held for someone; None where the session is too near to hold it."""
    closes = starts_at - timedelta(minutes=float(value_of("line.closes_minutes", own)))
    if freed_at >= closes:
        return None
    return min(closes, freed_at + timedelta(hours=float(value_of("line.answer_hours", own))))


def say_place(place: int) -> str:
    """A place in line, the first being 1, as the person reads it."""
    if place == 1:
        return Sentence("You are first in line.")
    before = place - 1
    words = "{n} person is before you in line." if before == 1 else "{n} people are before you in line."
    return Sentence(words, n=before)


def check_company(group: str, *, left: int, least: int) -> Verdict:
    """Whether those left in a group after someone goes are still a group; none at all is no group of one."""
    if left == 0 or left >= least:
        return Allowed()
    people = "1 person" if left == 1 else f"{left} people"
    return Refused(
        f"{group} would be left with {people}; a group takes place with at least {least}. Move them to another group "
        "or find them company first, or say that it has to be.",
        cite="program setting: fewest people with whom a group takes place",
    )
