"""The table of due work: what runs, and how often. The worker runs whatever is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from throughcare.pathway.week.schedule import extend_every_schedule


@dataclass(frozen=True)
class Work:
    """One piece of due work; `run` gets the moment and says in a word or two what it did."""

    name: str
    every: timedelta
    run: Callable[[datetime], str]


TABLE: tuple[Work, ...] = (
    Work("sessions ahead", timedelta(hours=1), lambda at: extend_every_schedule(at=at)),
)
