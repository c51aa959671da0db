"""What each person of the fixture asks to change of their own week, in words of their own."""

from datetime import datetime, time

from throughcare.faces.cli.review.lives import Life
from throughcare.pathway.own_week.times import add_own_time
from throughcare.pathway.week.commitments import NewCommitment

TUESDAY = 1


def ask_for_time(life: Life, *, now: datetime) -> None:
    """A new shift on the day of their one-to-one: the team has to answer."""
    new = NewCommitment(
        "work", life.word("own_week", "title"), weekday=TUESDAY, starts=time(7), ends=time(20)
    )
    by = life.place.actors[life.therapist]
    add_own_time(life.patient, new, words=life.word("own_week", "words"), by=by, at=now)
