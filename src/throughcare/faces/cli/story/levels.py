"""Seats held at the next level for two who do worse, so that the level watch has some."""

from datetime import timedelta

from throughcare.faces.cli.story.days import Cast
from throughcare.pathway.level_watch.holds import hold_level_seat

SEATS = 2
WHERE = "Lakeside residential program, promised by the intake desk"


def hold_seats(cast: Cast) -> None:
    """The director has asked elsewhere for those in care who do worse."""
    worse = [life for life in cast.lives.values() if life.arc == "worse" and life.leaves is None]
    for days, life in enumerate(sorted(worse, key=lambda one: one.number)[:SEATS], start=5):
        hold_level_seat(
            cast.episodes[life.number],
            level="residential-3.5",
            place=WHERE,
            until_date=cast.now.date() + timedelta(days=days),
            by=cast.clinic.actors["director"],
            at=cast.now - timedelta(hours=2),
        )
