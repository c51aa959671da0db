"""What a person does about a sign, and which of it settles the sign. [ours; outcomes: SPiER dashboard specification]"""

from dataclasses import dataclass

from throughcare.knowledge.referring.referrals import OUTCOMES
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

CITE = "program default; outcomes of outreach: SPiER dashboard specification"


@dataclass(frozen=True)
class Act:
    """One thing to do about a sign: the word on its button, and what the record says was done."""

    code: str
    button: str
    done: str
    is_outreach: bool = False


ACTS = {
    act.code: act
    for act in (
        Act("called", "Call", "Called", is_outreach=True),
        Act("messaged", "Message", "Messaged", is_outreach=True),
        Act("booked", "Book", "Booked"),
        Act("reviewed", "Review", "Reviewed"),
        Act("dismissed", "Dismiss", "Dismissed"),
    )
}
REASONS = {
    "known": "Known and explained",
    "handled": "Already taken care of",
    "wrong": "The facts behind it are wrong",
    "no_concern": "No concern for this person",
    "other": "Another reason, in words",
}
# What somebody documented about a no-show is what was due, whoever picked up; anything else waits for the person.
ANY_OUTCOME = frozenset({"no_show"})
# What is due here is the thing itself: only it, or a dismissal with its reason, closes the sign.
ONLY_DONE = frozenset({"item9", "reassess_due", "safety_plan_missing"})
MODES = {"called": "call", "messaged": "text"}


def settles(code: str, act: str, outcome: str = "") -> bool:
    """Whether this act closes a sign of this kind; an attempt that reached nobody leaves it standing."""
    if act == "dismissed":
        return True
    if code in ONLY_DONE:
        return False
    if not ACTS[act].is_outreach:
        return True
    return code in ANY_OUTCOME or OUTCOMES[outcome].reached


def check_act(act: str, *, outcome: str = "", reason: str = "", words: str = "") -> Verdict:
    """Whether enough is said about what was done."""
    if act not in ACTS:
        return Refused(f"Choose what you did: {', '.join(one.done.lower() for one in ACTS.values())}.", CITE)
    if ACTS[act].is_outreach and outcome not in OUTCOMES:
        return Refused("Choose what came of it.", CITE)
    if act == "dismissed":
        return _check_reason(reason, words)
    if not ACTS[act].is_outreach and not words.strip():
        return Refused(
            "Say when and with whom." if act == "booked" else "Say in a sentence what you saw and decided.",
            CITE,
        )
    return Allowed()


def _check_reason(reason: str, words: str) -> Verdict:
    if reason not in REASONS:
        return Refused("Choose why this is no warning sign.", CITE)
    if reason == "other" and not words.strip():
        return Refused("Write the reason.", CITE)
    return Allowed()
