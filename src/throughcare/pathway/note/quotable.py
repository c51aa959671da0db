"""What people said themselves around a session, ready to be quoted in their notes with one tap."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from throughcare.knowledge.recording.quoting import Quote
from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.check_in.own_words import OwnWords, own_words
from throughcare.pathway.homework.homework import PATIENT
from throughcare.pathway.homework.homework_views import homework_words
from throughcare.pathway.privacy import may_access
from throughcare.pathway.session.session_rows import clock_words
from throughcare.records.sessions import Session


@dataclass(frozen=True)
class Quotable:
    """A person's own words; `key` is what a tap sends."""

    key: str
    quote: Quote
    is_quoted: bool = False

    @property
    def where(self) -> str:
        """Where and when it was said, without the answers beside it."""
        return self.quote.said.partition(": ")[0]


@dataclass(frozen=True)
class Said:
    """What one person said: `answers` of the check-in as short phrases, and their words to quote."""

    answers: tuple[str, ...] = ()
    quotable: tuple[Quotable, ...] = ()


def said_around(session: Session, kept: Mapping[int, Sequence[Quote]], *, by: Actor) -> dict[int, Said]:
    """By patient (key) what was said before, at and after this session; `kept` are the quotes of the drafts so far.

    Three queries at most. A quote that was kept stays, also when its words were given anew since.
    """
    around = own_words(session) if may_access("check_in", by=by) else {}
    home = _homework(session, kept) if may_access("homework", by=by) else {}
    found = {}
    for patient, quotes in kept.items():
        words = around.get(patient, OwnWords())
        offered = [*_quotes(session, words), *home.get(patient, ())]
        whole = dict.fromkeys([*offered, *quotes])
        quotable = tuple(Quotable(key_of(one), one, one in quotes) for one in whole)
        found[patient] = Said(words.answers, quotable)
    return found


def key_of(quote: Quote) -> str:
    """A short mark of these words in this place."""
    return hashlib.sha256(f"{quote.text}\x1f{quote.said}".encode()).hexdigest()[:16]


def _quotes(session: Session, words: OwnWords) -> list[Quote]:
    found = []
    if words.check_in:
        scales = ", ".join(words.answers)
        told = _when(session, words.check_in_at)
        found.append(Quote(words.check_in, f"check-in{told}{': ' if scales else ''}{scales}"))
    if words.check_out:
        found.append(Quote(words.check_out, f"check-out{_when(session, words.check_out_at)}"))
    return found


def _when(session: Session, at: datetime | None) -> str:
    return f", {clock_words(session, at)}" if at else ""


def _homework(session: Session, patients: Mapping[int, object]) -> dict[int, list[Quote]]:
    return {
        patient: [
            Quote(one.words, _of_homework(one.day, one.helped))
            for one in said
            if one.words and one.by == PATIENT
        ]
        for patient, said in homework_words(session, list(patients)).items()
    }


def _of_homework(day: date, helped: int | None) -> str:
    return f"homework, {say_day(day)}" + ("" if helped is None else f", helped {helped} of 10")
