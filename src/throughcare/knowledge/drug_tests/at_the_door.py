"""The breath test at the door: a quarter of an hour without drink, food or smoke, and 0.00 is expected."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

CITE = "Program default: breath test at entry"
HIGHEST = Decimal("0.600")
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Step:
    """One thing that is done when a breath test is above zero."""

    code: str
    words: str


STEPS = (
    Step("no_group", "They sit out today's group; someone stays with them."),
    Step("no_driving", "They do not drive. If they leave to drive, call 911."),
    Step("safe_ride", "A safe ride is arranged, and it is written down who comes."),
    Step("check", "Nurse or clinician checks them: awake, speech, withdrawal. Hard to wake: call 911."),
)


def may_measure(*, waited_minutes: int, least: Number) -> Verdict:
    """Whether the wait before a breath test was long enough."""
    if waited_minutes >= least:
        return Allowed()
    return Refused(
        because=f"Only {waited_minutes} minutes without drink, food or smoke. Wait until it is {least}, then measure.",
        cite=CITE,
    )


def is_clear(reading: Decimal) -> bool:
    """Whether the reading, to two places as devices show it, is 0.00."""
    return reading.quantize(_HUNDREDTH) == 0


def may_join_group(reading: Decimal) -> Verdict:
    """Whether a person may go into the group after this reading."""
    if is_clear(reading):
        return Allowed()
    return Refused(
        because=f"The breath test is {reading.quantize(_HUNDREDTH)}: no group today. Work through the four steps.",
        cite=CITE,
    )


def steps_left(done: Collection[str]) -> tuple[Step, ...]:
    """What is still to be done."""
    return tuple(step for step in STEPS if step.code not in done)
