"""Back at work or school by steps: how much a week somebody can do for a time, and nothing of why. [ours]"""

from dataclasses import dataclass
from datetime import timedelta

# What a week is counted in, and how many of them it has at most.
MOST_A_WEEK = {"hours": 60, "days": 7}
FARTHEST_AHEAD = timedelta(days=90)
LONGEST = timedelta(days=183)


@dataclass(frozen=True)
class LessAWeek:
    """At most so many hours or days a week."""

    most: int
    unit: str

    @property
    def words(self) -> str:
        """As a letter says it: “20 hours a week”."""
        return f"{self.most} {self.unit if self.most != 1 else self.unit.removesuffix('s')} a week"
