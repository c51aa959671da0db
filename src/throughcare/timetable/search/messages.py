"""What a solving process and the one that started it say to each other."""

import pickle
from dataclasses import dataclass
from typing import Any, BinaryIO

from throughcare.timetable.problem import Plan, Problem

# What `hear` raises beside EOFError when who spoke was killed in the middle of it.
BROKEN_OFF = pickle.UnpicklingError


@dataclass(frozen=True)
class Start:
    """What a worker begins with; without a `plan` it makes a first one, in part of its seconds."""

    problem: Problem
    plan: Plan | None
    seed: int
    seconds: float


@dataclass(frozen=True)
class Slice:
    """One site for so many seconds, from this plan on, or from nothing."""

    problem: Problem
    plan: Plan | None
    seed: int
    seconds: float


@dataclass(frozen=True)
class Sliced:
    """What came of a slice."""

    plan: Plan
    cost: float
    bound: float
    unmet_hours: float
    below: int
    steps: int


def say(pipe: BinaryIO, message: object) -> None:
    """Sends a message to a process of our own."""
    pickle.dump(message, pipe, protocol=5)
    pipe.flush()


def hear(pipe: BinaryIO) -> Any:
    """The next message of a process of our own; nobody else can write to this pipe."""
    return pickle.load(pipe)  # noqa: S301
