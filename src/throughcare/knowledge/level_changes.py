"""Stepping from one level of care to another: the reasons, the direction, and what stands against it. [ours]

The criteria for a step are in `placement/steps.py`; here is what makes a step possible at all.
"""

from collections.abc import Collection
from typing import Literal

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal

CITE = "program default"

Direction = Literal["step_up", "step_down"]

REASONS = {
    "improved": "The person is better and needs less",
    "not_progressing": "The person needs more than this level gives",
    "safety": "Safety: suicide risk, violence, overdose",
    "withdrawal": "Withdrawal or medical need",
    "home": "The home is not safe, or housing was lost",
    "returned": "The person comes back from a more intensive place",
    "patient_choice": "The person chose it",
    "payer": "The payer covers only this",
    "other": "Another reason, in words",
}

# Places to which a person may go for a while and come back; the episode stays open meanwhile.
OUTSIDE = (
    "residential-3.1",
    "residential-3.5",
    "withdrawal-management",
    "psychiatric-inpatient",
    "hospital",
)


def direction(now: str, to: str) -> Direction:
    """Up when the new level is more intense. Raises `KeyError` for an unknown level."""
    return "step_up" if LEVELS[to].rank > LEVELS[now].rank else "step_down"


def check_step(
    now: str, to: str, *, offered: Collection[str], comes_back: bool = False, stop: str = ""
) -> Verdict:
    """Whether a person may step from the one level to the other.

    `stop` is the sentence of a STOP rule that holds now: then only a more intense level is open.
    """
    if to not in LEVELS or (to not in offered and to not in OUTSIDE):
        known = ", ".join(LEVELS[code].title.lower() for code in (*offered, *OUTSIDE))
        return Refused(f"Choose one of these levels: {known}.", CITE)
    return first_refusal(
        _check_other(now, to), _check_stop(now, to, stop), _check_return(to, offered, comes_back)
    )


def _check_other(now: str, to: str) -> Verdict:
    if now != to:
        return Allowed()
    return Refused(f"The person is at this level already: {LEVELS[to].title.lower()}.", CITE)


def _check_stop(now: str, to: str, stop: str) -> Verdict:
    if not stop or direction(now, to) == "step_up":
        return Allowed()
    return Refused(
        f"{stop} Only more intensive care is open until that is settled.", "decision table, S1 to S4"
    )


def _check_return(to: str, offered: Collection[str], comes_back: bool) -> Verdict:
    if to in offered or comes_back:
        return Allowed()
    return Refused(
        f"This program does not offer {LEVELS[to].title.lower()}. If the person is to come back, say so and the "
        "episode stays open; if not, discharge with the reason “Moved to more intensive care”.",
        CITE,
    )
