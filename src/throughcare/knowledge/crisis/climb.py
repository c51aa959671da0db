"""The climb: who is paged when nobody acknowledges. It has no last step."""

from dataclasses import dataclass
from datetime import datetime

from throughcare.knowledge.crisis.clock import Clock
from throughcare.knowledge.safety import PRIORITY

# Who is paged at once, whatever the priority.
FIRST = "primary"
LINES = {"primary": "primary", "backup": "backup", "director": "director", "anyone": "whoever can answer"}


@dataclass(frozen=True)
class Step:
    """One step of the climb: whom it pages (as what they are on call), and when it is due."""

    number: int
    whom: tuple[str, ...]
    at: datetime


def step_of(priority: str, number: int, *, raised_at: datetime, clock: Clock) -> Step:
    """Step `number` of a crisis's climb, from 0, the first page; after the named ones everyone, again and again."""
    rule = PRIORITY[priority]
    if number == 0:
        return Step(0, (FIRST,), raised_at)
    if number <= len(rule.unacknowledged):
        whom, wait = rule.unacknowledged[number - 1]
        return Step(number, (whom,), clock.after(raised_at, wait.setting))
    _, last = rule.unacknowledged[-1]
    times = number - len(rule.unacknowledged)
    everyone = (FIRST, *(whom for whom, _ in rule.unacknowledged))
    return Step(
        number, everyone, clock.after(clock.after(raised_at, last.setting), rule.again.setting, times)
    )


def step_due(priority: str, done: int, *, raised_at: datetime, at: datetime, clock: Clock) -> Step | None:
    """The step that is due at a moment after `done` steps; None before its time.

    Steps that were missed while nothing ran are made up as one: everybody whom they would have paged.
    """
    step = step_of(priority, done, raised_at=raised_at, clock=clock)
    if step.at > at:
        return None
    whom, number = list(step.whom), done
    while (further := step_of(priority, number + 1, raised_at=raised_at, clock=clock)).at <= at:
        whom += [one for one in further.whom if one not in whom]
        number += 1
    return Step(number, tuple(whom), step.at)


def next_page(priority: str, done: int, *, raised_at: datetime, clock: Clock) -> datetime:
    """When the climb pages next, after `done` steps."""
    return step_of(priority, done, raised_at=raised_at, clock=clock).at


def acknowledge_by(priority: str, *, raised_at: datetime, clock: Clock) -> datetime:
    """By when somebody has acknowledged it."""
    return clock.after(raised_at, PRIORITY[priority].acknowledge.setting)
