"""How one idea of where to look next has fared, and so how often and how large it is tried."""

from collections.abc import Callable
from math import exp

from throughcare.timetable.search.task import Outcome, Task

# Effort that one exact part may take, and what of an idea's past counts: both in seconds of a quiet processor.
EFFORT = 0.7
MEMORY = 4.0


class Idea:
    """How one idea has fared: how many people it takes at a time, and what it gains for its effort."""

    def __init__(self, choose: Callable[[int], Task | None], size: float, most: float, once: float) -> None:
        self.choose = choose
        self.size = size
        self.most = most
        self.gain = 0.0
        self.effort = 0.0
        # What one task of it takes, of late.
        self.once = once

    @property
    def worth(self) -> float:
        """Gain for effort, of late."""
        return self.gain / self.effort if self.effort else 0.0

    def learn(self, outcome: Outcome, *, exact: bool) -> None:
        """Takes in what one task brought."""
        keep = exp(-outcome.effort / MEMORY)
        self.gain = keep * self.gain + max(0, outcome.gain)
        self.effort = keep * self.effort + outcome.effort
        self.once = 0.9 * self.once + 0.1 * outcome.effort
        if not exact:
            return
        if not outcome.finished:
            self.size = max(3, self.size * 0.93)
        elif outcome.effort < EFFORT / 2:
            self.size = min(self.most, self.size * 1.05)
