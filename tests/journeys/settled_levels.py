"""A seat held at the next level, and everyone looked at by the level-of-care watch."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.cast import Cast
from throughcare.pathway.level_watch.holds import hold_level_seat
from throughcare.pathway.level_watch.rounds import keep_level_watch
from throughcare.pathway.slip_risk.rounds import keep_slip_risk


def what_is_held(cast: Cast, episode: UUID, *, now: datetime) -> dict[str, object]:
    """A seat elsewhere for this episode; the slip-risk model has looked and found too little."""
    held = hold_level_seat(
        episode,
        level="residential-3.1",
        place="Cedar House, promised by Mara",
        until_date=now.date() + timedelta(days=7),
        by=cast.clinician,
        at=now,
    )
    keep_level_watch(at=now)
    keep_slip_risk(at=now)
    return {"hold": held}
