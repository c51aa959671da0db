"""A part of a week to work on, and what came of it."""

from dataclasses import dataclass

from throughcare.timetable.search.week import Change


@dataclass(frozen=True, slots=True)
class Task:
    """These people on these days. `idea` names who chose it; `openings` are the closed groups that may open.

    `exact` is solved as a model with at most `effort`; else the people are placed anew, with `close` closed.
    """

    idea: str
    people: tuple[int, ...]
    days: tuple[int, ...]
    openings: frozenset[int]
    other_leaders: bool
    exact: bool
    close: tuple[int, ...]
    effort: float
    seed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task found: None when nothing is better. `finished` is whether it is the best there is.

    `effort` is in seconds of a quiet processor, reckoned from what was done and not from the clock.
    """

    change: Change | None
    gain: int
    finished: bool
    effort: float
