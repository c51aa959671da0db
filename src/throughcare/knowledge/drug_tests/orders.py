"""Why a test is asked for, how it is collected, and what may come instead of a specimen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Why:
    """A reason for a test; `by_hand`: staff choose it; `plain` is said to the person."""

    code: str
    words: str
    plain: str
    by_hand: bool = False
    needs_words: bool = False


WHY = {
    row.code: row
    for row in (
        Why("random", "Drawn by chance", "It was drawn by chance."),
        Why("planned", "Planned", "It was planned with you.", by_hand=True),
        Why("cause", "For a reason", "Your team asked for it.", by_hand=True, needs_words=True),
        Why("again", "Collected again", "The last one could not be read."),
    )
}

OBSERVATIONS = {
    "none": "Not observed",
    "monitored": "Staff in the room, not watching",
    "direct": "Watched directly, by staff of the gender the person asks for",
}

# What may come instead of a specimen, and whether the reason must be written down.
NOT_GIVEN = {
    "refused": "Refused",
    "no_sample": "Could not give a sample",
    "missed": "Did not come",
    "excused": "Excused",
}
NEEDS_WORDS = frozenset({"excused", "refused"})
