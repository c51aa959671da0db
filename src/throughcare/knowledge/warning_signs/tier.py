"""The suicide tier in force: screeners raise it, a clinician's approved decision alone lowers it."""

from datetime import datetime

from throughcare.knowledge.safety import RANK
from throughcare.knowledge.warning_signs.picture import Picture

SCREENER = "c-ssrs-screener"


def tier_in_force(picture: Picture) -> str:
    """The tier at the picture's moment: the highest screener since the last clinician's decision, or that decision.

    Whatever comes or is missing, a machine never lowers it.
    """
    decided = [fact for fact in picture.tiers if fact.at <= picture.at and fact.tier in RANK]
    last = max(decided, key=lambda fact: (fact.at, RANK[fact.tier]), default=None)
    since = last.at if last else None
    known = [last.tier] if last else []
    known += [band for moment, band in screened(picture) if since is None or moment > since]
    if picture.tier in RANK:
        known.append(picture.tier)
    return max(known, key=lambda tier: RANK[tier], default="none")


def screened(picture: Picture) -> list[tuple[datetime, str]]:
    """Every screener with a tier: when, and which; earliest first."""
    return sorted(
        (score.at, score.band)
        for score in picture.scores
        if score.code == SCREENER and score.band in RANK and score.at <= picture.at
    )
