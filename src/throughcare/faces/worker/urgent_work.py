"""What the crisis lane does beside sending: quick work that may wait for nothing else."""

from collections.abc import Callable
from datetime import datetime

from throughcare.faces.worker.kept_calls import raise_or_tell
from throughcare.pathway.crisis.climbing import climb
from throughcare.pathway.room import keep_reserve

URGENT_WORK: tuple[Callable[[datetime], object], ...] = (
    raise_or_tell,
    lambda at: climb(at=at),
    lambda at: keep_reserve(),
)
