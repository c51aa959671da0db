"""Sentences of the timetable for people to read: ids become names where the reader may know them."""

import re
from collections.abc import Mapping

from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy import may_access

_ID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b")
_CLOCK = re.compile(r"\b(?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d)\b(?! [AP]M)")
# Rules and causes that speak of who must not meet.
SECRET = frozenset({"apart", "coi", "never"})
SAID_INSTEAD = (
    "Someone who must be kept apart is in the way; who and why is not shown here. Ask the clinical director."
)
SOMEONE = "another person"


def say_names(words: str, names: Mapping[str, str]) -> str:
    """The sentence with each id's name; an id without one becomes “another person”."""
    said = _ID.sub(lambda found: names.get(found.group(), SOMEONE), words)
    said = _CLOCK.sub(_as_said, said)
    return said[:1].upper() + said[1:]


def _as_said(clock: re.Match[str]) -> str:
    """The time as the house writes it: 5:30 PM."""
    hour, minute = int(clock["hour"]), clock["minute"]
    return f"{(hour - 1) % 12 + 1}:{minute} {'AM' if hour % 24 < 12 else 'PM'}"


def say_every(weeks: int) -> str:
    """How often something is held, to follow what it is: nothing for every week."""
    return "" if weeks == 1 else ", every second week" if weeks == 2 else f", every {weeks} weeks"


def say_to(code: str, words: str, names: Mapping[str, str], *, by: Actor) -> str:
    """The sentence for this reader: who must not meet whom is told to those who may know, and to nobody else."""
    if code in SECRET and not may_access("kept_apart", by=by):
        return SAID_INSTEAD
    return say_names(words, names)
