"""What the watch has noticed of each person of the fixture, in words of their own, and what was done about it."""

from datetime import datetime, timedelta

from throughcare.faces.cli.review.lives import Life
from throughcare.pathway.warning_sign.acting import act_on_sign
from throughcare.pathway.warning_sign.due_looks import watch_people
from throughcare.pathway.warning_sign.life_events import record_life_event
from throughcare.pathway.warning_sign.person_signs import signs_of_person


def happen(life: Life, *, now: datetime) -> None:
    """Something happened in their life."""
    words = life.word("warning_sign", "event")
    by = life.place.actors[life.therapist]
    record_life_event(life.patient, kind="housing", words=words, by=by, at=now)


def notice(life: Life, *, now: datetime) -> None:
    """Everyone is looked at; somebody called about the first sign and reached nobody."""
    watch_people(at=now)
    by = life.place.actors[life.therapist]
    for sign in signs_of_person(life.patient, by=by, at=now).standing[:1]:
        words = life.word("warning_sign", "what was said")
        act_on_sign(
            sign.sign, act="called", outcome="no_answer", words=words, by=by, at=now + timedelta(minutes=5)
        )
