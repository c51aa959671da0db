"""My signed notes: I read them all, and may answer each; the answer stands under the note for who reads it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.note.own_part import clean
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.session.session_rows import local, signature_of
from throughcare.records.notes import Addendum, Note, NoteAnswer
from throughcare.records.people import Patient

MOST, MOST_ANSWERS, LONGEST_ANSWER = 100, 20, 2000


@dataclass(frozen=True)
class SignedLine:
    """One of my signed notes in the list; `answers` is how often I answered it."""

    uid: UUID
    title: str
    day: date
    signed_by: str
    answers: int


@dataclass(frozen=True)
class AnswerLine:
    """What the person said to a note, and when, at the site."""

    words: str
    at: datetime


@dataclass(frozen=True)
class SignedNote:
    """A signed note about me, whole: what is shared by the group, my own part, what was added later, my answers."""

    uid: UUID
    title: str
    day: date
    objective: str
    shared: str
    text: str
    observed: str
    next_step: str
    quoted: str
    my_words: str
    signed_by: str
    signed_at: datetime
    addenda: tuple[tuple[str, str], ...]
    answers: tuple[AnswerLine, ...]
    may_answer: bool


def my_signed_notes(*, by: Actor, at: datetime) -> tuple[SignedLine, ...]:
    """The actor's own signed notes, newest first, in two queries. Notes kept apart are none of them."""
    person = open_patient(own_patient(by=by), kind="note", by=by, at=at)
    rows = list(_of(person).order_by("-local_day", "-pk")[:MOST])
    keys = NoteAnswer.objects.filter(note__in=[one.pk for one in rows]).values_list("note", flat=True)
    told = list(keys)
    return tuple(
        SignedLine(
            one.uid,
            one.title,
            one.local_day,
            signature_of(one.practitioner, one.credential),
            told.count(one.pk),
        )
        for one in rows
    )


def my_signed_note(note: UUID, *, by: Actor, at: datetime) -> SignedNote:
    """One of them. Raises `Absent` for anyone else's."""
    person = open_patient(own_patient(by=by), kind="note", by=by, at=at)
    row = _one(person, note)
    added = Addendum.objects.select_related("practitioner").filter(note=row).order_by("signed_at", "pk")
    return SignedNote(
        uid=row.uid,
        title=row.title,
        day=row.local_day,
        objective=row.objective_text,
        shared=row.shared_text,
        text=row.text,
        observed=row.observed_text,
        next_step=row.next_step,
        quoted=row.quoted_text,
        my_words=row.added_text,
        signed_by=signature_of(row.practitioner, row.credential),
        signed_at=local(row.session, row.signed_at),
        addenda=tuple((one.text, signature_of(one.practitioner, one.credential)) for one in added),
        answers=_answers(row),
        may_answer=by.holds("patient"),
    )


@transaction.atomic
def answer_note(note: UUID, words: str, *, by: Actor, at: datetime) -> None:
    """Say something to a signed note about oneself. The note stays as it was; the answer can't be changed either."""
    row = Note.objects.select_related("patient").filter(organization_id=by.organization, uid=note).first()
    if row is None:
        raise Absent("note")
    person, said = open_patient(row.patient, kind="note_words", by=by, at=at, verb="change"), clean(words)
    if not said:
        raise Cannot(_("Write what you want to say to this note."), field="words")
    if len(said) > LONGEST_ANSWER:
        raise Cannot(_("Shorten this to 2000 characters."), field="words")
    if NoteAnswer.objects.filter(note=row).count() >= MOST_ANSWERS:
        raise Cannot(_("You have said a lot to this note. Talk with your clinician about it."), field="words")
    NoteAnswer.objects.create(organization_id=person.organization_id, note=row, words=said, recorded_at=at)
    look_for_crisis(person, said, where="an answer to a note", at=at)


def answers_to(note: UUID, *, by: Actor, at: datetime) -> tuple[AnswerLine, ...]:
    """What the person said to a signed note, for staff; nothing for whom the role table shows none."""
    if not may_access("note_words", by=by):
        return ()
    row = Note.objects.select_related("patient", "session__site").filter(
        organization_id=by.organization, uid=note
    )
    found = row.first()
    if found is None:
        raise Absent("note")
    open_patient(found.patient, kind="note_words", by=by, at=at)
    return _answers(found)


def _of(person: Patient) -> QuerySet[Note]:
    return Note.objects.select_related("practitioner", "session__site").filter(patient=person)


def _one(person: Patient, note: UUID) -> Note:
    row = _of(person).filter(uid=note).first()
    if row is None:
        raise Absent("note")
    return row


def _answers(row: Note) -> tuple[AnswerLine, ...]:
    rows = NoteAnswer.objects.filter(note=row).order_by("recorded_at", "pk")
    return tuple(AnswerLine(one.words, local(row.session, one.recorded_at)) for one in rows)
