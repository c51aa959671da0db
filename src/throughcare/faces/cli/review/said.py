"""What people said before and after an evening, in words that only they may be found by."""

from datetime import timedelta

from throughcare.faces.cli.review.lives import Life
from throughcare.knowledge.between_sessions import CheckIn
from throughcare.pathway.check_in.check_in import check_in, check_out
from throughcare.pathway.session.today import DaySession


def speak(session: DaySession, lives: list[Life], role: str) -> None:
    """A check-in before, and a sentence at the end, written down by who leads the evening."""
    for life in lives:
        by = life.place.actors[role]
        before = CheckIn(mood=5, craving=3, sleep=4, practiced="yes", words=life.word("check_in", "before"))
        at = session.starts - timedelta(minutes=10)
        check_in(session.uid, life.patient, answers=before, way="staff", by=by, at=at)
        after = life.word("check_in", "after")
        check_out(session.uid, life.patient, words=after, way="staff", by=by, at=session.ends)
