"""Which suicide tier stands, and what an answer that opens a crisis path asks for at once.

The tier that stands is the highest that was seen since a clinician lowered it with a supervisor's approval; new
answers raise it and never lower it. The order in which facts arrive changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from throughcare.knowledge.intake.sections import ITEM_THAT_ASKS
from throughcare.knowledge.safety import RANK, TIER

SOURCE = "§4.2 tiers: software never lowers a tier by itself; §4.3 priorities"
# Of a screener's band the tier that it shows.
SHOWS = {
    ("c-ssrs-screener", "none"): "none",
    ("c-ssrs-screener", "low"): "low",
    ("c-ssrs-screener", "moderate"): "moderate",
    ("c-ssrs-screener", "high"): "high",
    ("asq", "negative"): "none",
    ("asq", "non-acute positive"): "moderate",
    ("asq", "acute positive"): "high",
}
PRIORITY_OF_TIER = {"moderate": "P2", "high": "P1"}
NOT_COMPLETE = "P2"


@dataclass(frozen=True)
class Seen:
    """A tier that answers showed."""

    at: datetime
    tier: str


@dataclass(frozen=True)
class Lowered:
    """A clinician lowered the tier; it counts from a supervisor's approval on."""

    at: datetime
    tier: str


@dataclass(frozen=True)
class StandingTier:
    """The tier that stands and since when; empty when nobody was ever asked."""

    tier: str
    since: datetime | None
    last_seen_at: datetime | None
    last_seen: str = ""

    @property
    def answers_are_lower(self) -> bool:
        """Whether the newest answers show less than what stands: a clinician may look at it."""
        return bool(self.last_seen) and RANK[self.last_seen] < RANK[self.tier]


def standing_tier(seen: Iterable[Seen], lowered: Iterable[Lowered] = ()) -> StandingTier:
    """The highest tier seen since it was last lowered."""
    shown = sorted(seen, key=lambda one: (one.at, RANK[one.tier]))
    # Of two lowerings at one moment the higher tier counts.
    last = max(lowered, key=lambda one: (one.at, RANK[one.tier]), default=None)
    facts: list[Seen | Lowered] = [one for one in shown if last is None or one.at > last.at]
    if last is not None:
        facts.insert(0, last)
    if not facts:
        return StandingTier("", None, None)
    top = max(RANK[one.tier] for one in facts)
    highest = next(one for one in facts if RANK[one.tier] == top)
    newest = shown[-1] if shown else None
    return StandingTier(
        highest.tier, highest.at, newest.at if newest else None, newest.tier if newest else ""
    )


@dataclass(frozen=True)
class PathOpened:
    """What an answer opens: whom to call with which priority ("" nobody yet), and whether a screener comes now."""

    priority: str
    asks_screener: bool
    tier: str
    because: str


def asks_for_screener(code: str, critical: Sequence[int]) -> bool:
    """Whether an answer of this questionnaire asks for a risk tool the same day."""
    return code in ITEM_THAT_ASKS and any(item >= ITEM_THAT_ASKS[code] for item in critical)


def path_opened(
    code: str,
    critical: Sequence[int],
    band: str,
    *,
    may_be: str = "",
    staffed: bool,
    asked_here: bool,
) -> PathOpened | None:
    """What the answers to a questionnaire open. None: nothing.

    `staffed`: the clinic has a clinician on shift. `asked_here`: the screener follows at once, on the same device or
    by the staff member who asks. Where it doesn't, or out of hours, someone is called.
    """
    tier = SHOWS.get((code, band), "")
    if tier in PRIORITY_OF_TIER:
        return PathOpened(
            PRIORITY_OF_TIER[tier], False, tier, f"A suicide screener shows {TIER[tier].word.lower()} risk."
        )
    if SHOWS.get((code, may_be)) in PRIORITY_OF_TIER or (code == "c-ssrs-screener" and may_be == "high"):
        return PathOpened(NOT_COMPLETE, False, tier, "A suicide screener was not answered to its end.")
    if tier == "low":
        return PathOpened("", False, tier, "A suicide screener shows low risk.")
    if not asks_for_screener(code, critical):
        return None
    because = "An answer speaks of death or self-harm."
    if not staffed:
        return PathOpened("P2", asked_here, "", f"{because} It came out of hours.")
    if not asked_here:
        return PathOpened("P2", False, "", f"{because} The screener can't be asked on this device.")
    return PathOpened("", True, "", because)
