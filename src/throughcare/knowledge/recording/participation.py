"""What was observed of a person's work toward an objective in one session: one tap on a scale of five. [ours]

Words of what can be seen, not of what is supposed: a payer asks for participation that was observed (claim edit U1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SOURCE = "ours; claim edit U1: what the note of a billed unit shows"


@dataclass(frozen=True)
class Level:
    """One level of the scale: the word on the button, its order, and how the note says it, if at all."""

    code: str
    word: str
    order: int
    said: str
    source: str = SOURCE

    def sentence(self, objective: str) -> str:
        """The sentence of a signed note about this objective.

        >>> ALL["practiced"].sentence("Names three triggers.")
        'Toward “Names three triggers”: practiced it in the session.'
        """
        return f"Toward “{objective.strip().rstrip('.')}”: {self.said}."


ROWS = (
    Level("not_observed", "Not seen", 0, ""),
    Level("passive", "Passive", 1, "was present, took no active part"),
    Level("took_part", "Took part", 2, "took part"),
    Level("practiced", "Practiced", 3, "practiced it in the session"),
    Level("led", "Led", 4, "led, or helped others with it"),
)
ALL: dict[str, Level] = {row.code: row for row in ROWS}


def strongest(observed: Mapping[str, str]) -> str | None:
    """The objective (its key in `observed`) that was worked on most, the first of equals; None where none was.

    >>> strongest({"a": "passive", "b": "led", "c": "not_observed"})
    'b'
    """
    seen = {key: ALL[level].order for key, level in observed.items() if ALL[level].order}
    return max(seen, key=lambda key: seen[key], default=None)


def as_sentences(observed: Iterable[tuple[str, str]]) -> str:
    """The scale as a signed note says it, one line for each (text of the objective, level)."""
    return "\n".join(ALL[level].sentence(objective) for objective, level in observed if ALL[level].said)
