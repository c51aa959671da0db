"""What each person of the fixture said of a day in their own words, and a questionnaire that waits for them."""

from datetime import datetime, timedelta

from throughcare.faces.cli.review.lives import Life
from throughcare.knowledge.daily import Day
from throughcare.pathway.daily_check_in.daily_check_in import say_day
from throughcare.pathway.measure.asking import ask_now


def say_and_ask(life: Life, *, now: datetime) -> None:
    """One day said; one questionnaire asked for, and one that was answered."""
    by = life.place.actors[life.therapist]
    day = Day(mood=5, craving=2, words=life.word("daily", "words"))
    say_day(life.patient, day, way="page", by=by, at=now)
    ask_now(life.patient, "gad-7", by=by, at=now + timedelta(minutes=1))
