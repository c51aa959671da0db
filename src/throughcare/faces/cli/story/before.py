"""Who left shortly before the weeks that are told: their last week at the clinic, with its groups and attendance."""

from collections.abc import Sequence
from datetime import date, timedelta

from throughcare.faces.cli.story.days import Cast, live_through
from throughcare.faces.cli.story.lives import Life
from throughcare.faces.cli.story.placing import join_mix

LAST_DAYS = timedelta(days=7)
# Of those who left longer before the weeks that are told, no sessions: telling them would cost half a minute more.
WEEKS_WITH_SESSIONS = timedelta(weeks=8)


def live_last_week(cast: Cast, lives: Sequence[Life], day: date) -> None:
    """A day of people in their last week: joining the week's groups, attendance."""
    for life in lives:
        if life.number not in cast.placed:
            join_mix(cast, life, day)
            cast.placed.add(life.number)
    if lives:
        live_through(cast, day, notes=False)


def is_last_week(life: Life, day: date) -> bool:
    """Whether a person who left before the weeks that are told is in their last days here."""
    return life.left_before and life.leaves is not None and life.leaves - day < LAST_DAYS


def has_sessions(day: date, *, first: date) -> bool:
    """Whether the clinic's sessions of a day are told, although it lies before the first of the weeks that are."""
    return first - day <= WEEKS_WITH_SESSIONS
