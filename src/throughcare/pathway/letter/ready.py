"""The letters that could leave now, each with its words: one click prepares it, one more sends it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.privacy.consent import ConsentFacts
from throughcare.knowledge.privacy.weighing import Request, Restriction, weigh
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consents_kept import consents_of, restrictions_of
from throughcare.pathway.release.items import whose_record
from throughcare.pathway.release.letters import ALL as LETTERS
from throughcare.pathway.release.letters import KIND, NewLetter, prepare_letter, sentences_of
from throughcare.pathway.release.receivers import Receiver, receivers_of
from throughcare.pathway.release.whose import Whose
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient

METHOD = "pdf"
# What each class of recipient usually needs comes first; who isn't named gets the fewest words first. [ours]
ASK_FOR_LETTERS = ("court", "justice", "employer", "school", "benefits", "lawyer", "patient")
FIRST_FOR = {"court": "attendance", "justice": "attendance", "lawyer": "attendance"}
WITH_TIMES = frozenset({"employer", "school", "benefits"})
OWN = "patient"


@dataclass(frozen=True)
class Period:
    """The days that a letter is about; `code` is what an address says."""

    code: str
    words: str
    first: date
    last: date


@dataclass(frozen=True)
class ReadyLetter:
    """One letter to one recipient; the words are those that would leave."""

    letter: str
    title: str
    about: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ReadyFor:
    """Everyone to whom a letter may go now: the fitting one first. `purpose` is one that a consent names."""

    receiver: Receiver
    purpose: str
    letters: tuple[ReadyLetter, ...]


@dataclass(frozen=True)
class Letters:
    """The letters of one person about one period."""

    patient: UUID
    period: Period
    periods: tuple[Period, ...]
    ready: tuple[ReadyFor, ...]
    says_nothing: bool


def ready_letters(patient: UUID, code: str = "", *, by: Actor, at: datetime) -> Letters:
    """The letters that a consent lets go now, and those for the person's own hand; a constant number of queries."""
    found = open_patient(patient, kind=KIND, by=by, at=at)
    whose = whose_record(found, as_of=at)
    periods = _periods(found, whose)
    period = next((one for one in periods if one.code == code), periods[0])
    written = {
        letter: ReadyLetter(letter, row.words, row.about, said)
        for letter, row in LETTERS.items()
        if row.follows and (said := sentences_of(whose, letter, period.first, period.last))
    }
    receivers = receivers_of(found.uid, by=by, at=at)
    ready = sorted(_ready(found, receivers, period, written, at=at), key=_place) if written else ()
    return Letters(found.uid, period, periods, tuple(ready), not written)


def write_ready_letter(patient: UUID, *, letter: str, who: str, code: str, by: Actor, at: datetime) -> UUID:
    """Prepare one of the letters that are ready; the disclosure's public id. Raises `Cannot` for any other."""
    found = ready_letters(patient, code, by=by, at=at)
    chosen = next((one for one in found.ready if one.receiver.key == who), None)
    if chosen is None or letter not in [one.letter for one in chosen.letters]:
        raise Cannot("This letter may not go to them now. Look at their consents.")
    new = NewLetter(
        letter,
        chosen.receiver.to,
        chosen.purpose,
        found.period.first,
        found.period.last,
        METHOD,
        chosen.receiver.contact,
    )
    return prepare_letter(patient, new, by=by, at=at)


def _ready(
    patient: Patient,
    receivers: Iterable[Receiver],
    period: Period,
    written: dict[str, ReadyLetter],
    *,
    at: datetime,
) -> Iterable[ReadyFor]:
    consents, restrictions = consents_of(patient.pk), restrictions_of(patient.pk)
    for one in receivers:
        if one.is_class:
            continue
        purpose = _allowed_purpose(one, period, consents, restrictions, at=at)
        if purpose:
            yield ReadyFor(one, purpose, tuple(_in_order(one, written)))


def _place(one: ReadyFor) -> int:
    """Who usually asks for letters comes first, then the person themselves, then all others."""
    kind = one.receiver.to.recipient_class
    return ASK_FOR_LETTERS.index(kind) if kind in ASK_FOR_LETTERS else len(ASK_FOR_LETTERS)


def _allowed_purpose(
    receiver: Receiver,
    period: Period,
    consents: Collection[ConsentFacts],
    restrictions: Collection[Restriction],
    *,
    at: datetime,
) -> str:
    """A purpose for which attendance of the whole period may go to them, the usual one first; empty for none."""
    named = sorted(
        purpose
        for consent in consents
        if receiver.to.key and consent.recipient == receiver.to.key
        for purpose in consent.purposes
    )
    for purpose in (receiver.purpose, *named):
        request = Request(
            recipient=receiver.to.key,
            recipient_class=receiver.to.recipient_class,
            purpose=purpose,
            kind=KIND,
            at=at,
            records_from=period.first,
            records_until=period.last,
        )
        if weigh(request, consents, restrictions):
            return purpose
    return ""


def _in_order(receiver: Receiver, written: dict[str, ReadyLetter]) -> Iterable[ReadyLetter]:
    kind = receiver.to.recipient_class
    first = FIRST_FOR.get(kind, "times" if kind in WITH_TIMES else "neutral")
    order = sorted(written, key=lambda letter: (letter != first, list(LETTERS).index(letter)))
    return (written[letter] for letter in order)


def _periods(patient: Patient, whose: Whose) -> tuple[Period, ...]:
    """Since admission, and shorter ones that end today."""
    today = whose.today
    admitted = (
        Episode.objects.filter(patient=patient).order_by("-admitted_at").values_list("admitted_at", flat=True)
    )
    began = next((local_day(moment, whose.zone) for moment in admitted[:1]), today)
    return (
        Period("all", "Since admission", min(began, today), today),
        Period("month", "Last 30 days", today - timedelta(days=29), today),
        Period("week", "Last 7 days", today - timedelta(days=6), today),
        Period("today", "Today", today, today),
    )
