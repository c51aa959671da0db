"""Who left before the weeks that are told: their last week at the clinic, with attendance and a last measure."""

from collections.abc import Sequence
from datetime import date, timedelta

from throughcare.faces.cli.story.days import Cast, live_through, measure
from throughcare.faces.cli.story.lives import Life
from throughcare.faces.cli.story.placing import join_mix

LAST_DAYS = timedelta(days=7)


def live_last_week(cast: Cast, lives: Sequence[Life], day: date) -> None:
    """A day of people in their last week: joining the week's groups, attendance, and on the last day the measures."""
    for life in lives:
        if life.number not in cast.placed:
            join_mix(cast, life, day)
            cast.placed.add(life.number)
        if life.leaves == day:
            measure(cast, life, day, hour=14)
    if lives:
        live_through(cast, day, notes=False)


def is_last_week(life: Life, day: date) -> bool:
    """Whether a person who left before the weeks that are told is in their last days here."""
    return life.left_before and life.leaves is not None and life.leaves - day < LAST_DAYS
