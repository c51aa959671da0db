"""What a suicide tier asks for and is not done: the next screener, and the safety plan."""

from collections.abc import Iterator

from throughcare.knowledge.safety import RANK, TIER, is_at_least, reassess_days
from throughcare.knowledge.warning_signs.picture import Picture
from throughcare.knowledge.warning_signs.sign import Sign, end_of, seen_anew, shifted, when
from throughcare.knowledge.warning_signs.tier import screened, tier_in_force


def reassess_due(picture: Picture) -> Iterator[Sign]:
    """The C-SSRS is due again by the tier in force."""
    tier, asked = tier_in_force(picture), screened(picture)
    within = reassess_days(tier, picture.settings)
    if within is None or not asked:
        return
    last = asked[-1][0]
    since = shifted(picture, last, within)
    if picture.at < since:
        return
    yield Sign(
        "reassess_due",
        f"Suicide tier is {tier}; the C-SSRS was last asked on {when(picture, last)} and is due every {within} days.",
        since=since,
        due_at=end_of(picture, since),
        owner_role="clinician",
        topic=last.isoformat(),
        risk="high" if is_at_least(tier, "high") else "watch",
        seen_at=seen_anew(picture, since, within),
    )


def safety_plan_missing(picture: Picture) -> Iterator[Sign]:
    """Someone has a suicide tier and no safety plan: it is made in the same visit."""
    tier = tier_in_force(picture)
    if not picture.plan.is_known or picture.plan.safety_plan_at is not None or tier == "none":
        return
    since = next((moment for moment, band in screened(picture) if RANK[band] > 0), picture.admitted_at)
    if since is None:
        return
    yield Sign(
        "safety_plan_missing",
        f"Suicide tier is {TIER[tier].word.lower()} and there is no safety plan.",
        since=since,
        due_at=end_of(picture, since),
        owner_role="clinician",
        risk="high" if is_at_least(tier, "moderate") else "watch",
    )
