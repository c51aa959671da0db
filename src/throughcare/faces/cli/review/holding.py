"""A seat held elsewhere for each person of the fixture, at the level that they may step to."""

from datetime import datetime, timedelta

from throughcare.faces.cli.review.lives import Life
from throughcare.pathway.level_watch.holds import hold_level_seat


def hold_ahead(life: Life, *, now: datetime) -> None:
    """A seat held where the person may go next."""
    if life.episode is None:
        return
    hold_level_seat(
        life.episode,
        level="residential-3.1",
        place=life.word("placement", "held where"),
        until_date=now.date() + timedelta(days=9),
        by=life.place.actors[life.therapist],
        at=now,
    )
