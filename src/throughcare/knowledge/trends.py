"""Whether a row of answers goes up, down or stays: a plain rule that a patient can follow. [ours]"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Direction = Literal["better", "worse", "steady", "too few"]

# The latest few answers against the few before them; a change of a point and a half on a scale to ten is seen.
FEW = 3
FEWEST = 4
NOTICED = 1.5


@dataclass(frozen=True)
class Trend:
    """The direction of a row of answers, and by how much the latest differ from those before."""

    direction: Direction
    change: float
    words: str


def usual(values: Sequence[float], *, most: int = FEW) -> float | None:
    """A person's own usual value: the mean of the latest few; None where there is none."""
    latest = values[-most:]
    return sum(latest) / len(latest) if latest else None


def trend(values: Sequence[float], *, higher_is_better: bool) -> Trend:
    """The direction of these answers, oldest first."""
    latest = values[-FEW:]
    before = values[max(0, len(values) - 2 * FEW) : -FEW]
    if len(values) < FEWEST or not before:
        return Trend("too few", 0.0, f"A trend shows from {FEWEST} answers on.")
    change = round(sum(latest) / len(latest) - sum(before) / len(before), 1)
    if abs(change) < NOTICED:
        return Trend("steady", change, "About the same as before.")
    direction: Direction = "better" if (change > 0) == higher_is_better else "worse"
    way = "up" if change > 0 else "down"
    return Trend(direction, change, f"{way.capitalize()} by {abs(change):g}: {direction} than before.")
