"""The second signature: whose notes need one, who may give it, and which note is looked at first. [ours]

A supervised clinician's note is not billable before a licensed one has signed it too (claim edit U6).
"""

from datetime import datetime, timedelta

from throughcare.knowledge.credentials import ALL as CREDENTIALS
from throughcare.knowledge.credentials import may_cosign
from throughcare.knowledge.safety import TIERS
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

UNIT = "claim edit U6: co-signature if supervised"
SUPERVISED = tuple(code for code, row in CREDENTIALS.items() if row.needs_cosignature)
_RISK = {tier.code: place for place, tier in enumerate(TIERS)}


def needs_cosignature(credential: str) -> bool:
    """Whether a note signed with this credential needs a second signature."""
    return credential in SUPERVISED


def check_cosign(credential: str, *, is_author: bool, is_supervisor: bool, is_director: bool) -> Verdict:
    """Whether someone may answer a supervised note: the author's supervisor, or the director in their place."""
    if is_author:
        return Refused("Nobody co-signs their own words. It waits for your supervisor.", cite=UNIT)
    licensed = may_cosign(credential)
    if not licensed:
        return licensed
    if is_supervisor or is_director:
        return Allowed()
    return Refused("This note waits for the author's supervisor, or the clinical director.", cite=UNIT)


def check_supervisor(credential: str, *, is_self: bool) -> Verdict:
    """Whether someone with this credential may supervise another."""
    if is_self:
        return Refused("Nobody supervises themselves. Choose someone else.", cite=UNIT)
    if may_cosign(credential):
        return Allowed()
    return Refused("A supervisor co-signs notes, which takes a licensed clinician. Choose one.", cite=UNIT)


def urgency(tier: str, *, waits_since: datetime) -> tuple[int, datetime]:
    """A key that sorts what waits: the riskiest person first, then what has waited longest."""
    return (-_RISK.get(tier, 0), waits_since)


def is_overdue(waits_since: datetime, *, at: datetime, days: float) -> bool:
    """Whether a note has waited too long for its second signature."""
    return at - waits_since > timedelta(days=days)
