"""Ways in which a program reaches a person, any of which they may ask it not to use: home may not be safe.

45 CFR 164.522(b): a request for confidential communications is granted without asking why.
"""

from collections.abc import Collection
from dataclasses import dataclass

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

CITE = "45 CFR 164.522(b)"


@dataclass(frozen=True)
class Way:
    """One way: what staff and the person call it, and what the refusal says to do instead."""

    code: str
    words: str
    plain: str
    instead: str


ROWS = (
    Way("post", "letters and faxes home", "Send me nothing by mail or fax", "Hand it to them here"),
    Way("phone", "calls", "Don't call me", "Speak with them when they come"),
    Way("text", "text messages", "Send me no text messages", "Speak with them when they come"),
    Way("email", "e-mail", "Send me no e-mail", "Give it to them when they come"),
)
ALL: dict[str, Way] = {row.code: row for row in ROWS}

# By which of these ways a packet travels, when it goes to where the person lives.
TRAVELS = {"letter": "post", "fax": "post"}


def may_reach(way: str, shut: Collection[str]) -> Verdict:
    """Whether the program may use this way to someone who asked it not to use those in `shut`."""
    if way not in shut:
        return Allowed()
    found = ALL[way]
    return Refused(
        f"They asked for no {found.words}, because it may not be safe. {found.instead}.", cite=CITE
    )
