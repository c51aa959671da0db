"""Silence: a week in which nobody heard from the person."""

from collections.abc import Iterator
from datetime import datetime

from throughcare.knowledge.level_changes import OUTSIDE
from throughcare.knowledge.referring.referrals import OUTCOMES
from throughcare.knowledge.safety import is_at_least
from throughcare.knowledge.warning_signs.attending import CAME
from throughcare.knowledge.warning_signs.picture import Picture
from throughcare.knowledge.warning_signs.sign import (
    Sign,
    counted,
    days,
    end_of,
    seen_anew,
    setting,
    shifted,
    when,
)
from throughcare.knowledge.warning_signs.tier import tier_in_force

LETTER = "letter"


def silent(picture: Picture) -> Iterator[Sign]:
    """Seven days without any contact: no session, no answer, nobody reached."""
    last = last_contact(picture)
    span = days(picture, "outreach.silent_days")
    if last is None or picture.level in OUTSIDE:
        return
    since = shifted(picture, last, span)
    if picture.at < since:
        return
    at_risk = is_at_least(tier_in_force(picture), "moderate")
    yield Sign(
        "silent",
        f"No contact since {when(picture, last)}, for {counted(span, 'day')}. "
        f"{_still_to_do(picture, last, at_risk)}",
        since=since,
        due_at=end_of(
            picture, since, later=0 if at_risk else int(setting(picture, "outreach.silent_due_days"))
        ),
        owner_role="case_manager",
        risk="high" if at_risk else "watch",
        # Attempts leave it as it is; only a sign of life takes it away.
        seen_at=seen_anew(picture, since, span),
    )


def last_contact(picture: Picture) -> datetime | None:
    """When the person was last seen, reached or heard; at first, their admission. None when nothing is known."""
    moments = [
        picture.admitted_at,
        *(one.starts_at for one in picture.sessions if one.status in CAME),
        *(one.at for one in picture.contacts if one.inbound or _is_reached(one.outcome)),
        *(one.at for one in picture.scores),
        *(one.at for one in picture.days),
        *(one.at for one in picture.words),
        *(one.at for one in picture.tests if not one.avoided),
    ]
    return max((one for one in moments if one is not None and one <= picture.at), default=None)


def _is_reached(outcome: str) -> bool:
    return outcome in OUTCOMES and OUTCOMES[outcome].reached


def _still_to_do(picture: Picture, last: datetime, at_risk: bool) -> str:
    """What of the outreach is not done yet."""
    tried = [
        one
        for one in picture.contacts
        if last < one.at <= picture.at and not one.caring and not one.inbound and one.mode != LETTER
    ]
    attempts = int(setting(picture, "outreach.attempts")) - len(tried)
    ways = int(setting(picture, "outreach.ways")) - len({one.mode for one in tried})
    letter = any(one.mode == LETTER and last < one.at <= picture.at for one in picture.contacts)
    rest = []
    if attempts > 0:
        rest.append(f"{counted(attempts, 'attempt')}{' by another way' if ways == 1 and tried else ''}")
    elif ways > 0:
        rest.append("an attempt by another way")
    if picture.plan.has_consented_emergency_contact:
        rest.append("call the emergency contact they consented to")
    if not letter:
        rest.append("a letter")
    if at_risk:
        rest.append("a welfare check")
    return (
        f"Still to do: {', '.join(rest)}."
        if rest
        else "Everything of the outreach was tried: decide together."
    )
