"""A session's note: one shared part and one paragraph a person, signed at once, each a note that stands alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.recording.names_in_notes import NamedPeer
from throughcare.knowledge.recording.phrases import PHRASES
from throughcare.knowledge.verdict import Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import require
from throughcare.pathway.care_plan.plans_in_force import ObjectiveChoice
from throughcare.pathway.privacy import may_access
from throughcare.pathway.session.name_answers import keep_answers
from throughcare.pathway.session.note_copies import CopiedWords, copied_words
from throughcare.pathway.session.note_digest import digest_of
from throughcare.pathway.session.note_drafts import write_own, write_shared
from throughcare.pathway.session.note_gates import (
    Draft,
    Seat,
    check_sign,
    gather_draft,
    lacks_own,
    lacks_shared,
    warnings,
    words_that_may_be_names,
)
from throughcare.pathway.session.note_page import add_addendum
from throughcare.pathway.session.note_typed import TypedNote, as_typed
from throughcare.pathway.session.session_rows import (
    SessionHead,
    called,
    describe,
    find_session,
    legal_name,
    open_seats,
    place_of,
    signer,
)
from throughcare.records.notes import Note
from throughcare.records.sessions import Session

__all__ = ["add_addendum", "note_room", "sign_notes", "write_own", "write_shared"]


@dataclass(frozen=True)
class NotePart:
    """One person's own part of the note, and what it lacks before it may be signed."""

    patient: UUID
    name: str
    legal_name: str
    number: int
    birth_date: date | None
    status: str
    minutes: int
    text: str
    next_step: str
    objective_thread: UUID | None
    choices: tuple[ObjectiveChoice, ...]
    version: int
    changed_by: str
    changed_at: datetime | None
    note: UUID | None
    lacks: tuple[Refused, ...]
    warnings: tuple[str, ...]
    copies: tuple[CopiedWords, ...]


@dataclass(frozen=True)
class NoteRoom:
    """A session's note being written. `parts` are of those who came; `absent` are the names of those who didn't."""

    head: SessionHead
    is_shared: bool
    topic: str
    shared_text: str
    shared_version: int
    shared_changed_by: str
    shared_changed_at: datetime | None
    shared_lacks: tuple[Refused, ...]
    parts: tuple[NotePart, ...]
    absent: tuple[tuple[str, str], ...]
    not_taken: tuple[str, ...]
    may_write: Verdict
    may_sign: Verdict
    words_to_confirm: tuple[NamedPeer, ...]
    phrases: tuple[str, ...]

    @property
    def signed(self) -> int:
        """How many notes are signed."""
        return sum(part.note is not None for part in self.parts)


@dataclass(frozen=True)
class SignResult:
    """What became of one person's note: `note` is there when it is signed, `is_new` when it was signed just now."""

    patient: UUID
    name: str
    note: UUID | None
    is_new: bool
    lacks: tuple[Refused, ...]


def note_room(session: UUID, *, by: Actor, at: datetime, also: Collection[UUID] = ()) -> NoteRoom:
    """The note of a session as it stands, with what each part still lacks.

    Parts are of those who came, of those about whom something was drafted already, and of the patients in `also`.
    """
    found = find_session(session, by=by)
    draft = gather_draft(found, at=at)
    copied = copied_words(draft)
    # Whose earlier words are shown beside a copy is read too.
    read = {seat.seat.patient_id for seat in draft.seats}
    read |= {one.of for copies in copied.values() for one in copies}
    hidden = open_seats("note", found, [seat.seat for seat in draft.seats], by=by, at=at, also=read)
    shared, told = draft.shared, warnings(draft)
    open_to = [seat for seat in draft.seats if seat.seat.patient_id not in hidden]
    shown = [seat for seat in open_to if _came(seat) or seat.text or seat.seat.patient.uid in also]
    copied = {key: [one for one in copies if one.of not in hidden] for key, copies in copied.items()}
    return NoteRoom(
        head=describe(found, hidden),
        is_shared=draft.is_shared,
        topic=shared.topic if shared else "",
        shared_text=shared.text if shared else "",
        shared_version=shared.version if shared else 0,
        shared_changed_by=shared.changed_by.name if shared else "",
        shared_changed_at=shared.changed_at if shared else None,
        shared_lacks=lacks_shared(draft),
        parts=tuple(_part(draft, seat, told, copied) for seat in shown),
        absent=tuple(
            (called(seat.seat.patient, hidden), seat.attendance.status)
            for seat in draft.seats
            if seat.attendance and not _came(seat)
        ),
        not_taken=tuple(called(seat.seat.patient, hidden) for seat in draft.seats if seat.attendance is None),
        may_write=may_access("note", by=by, verb="change"),
        may_sign=check_sign(found, by=by, at=at),
        words_to_confirm=() if hidden else words_that_may_be_names(draft),
        phrases=PHRASES,
    )


@transaction.atomic
def sign_notes(
    session: UUID,
    *,
    by: Actor,
    at: datetime,
    meant_as_words: Collection[str] = (),
    typed: TypedNote | None = None,
) -> tuple[SignResult, ...]:
    """Sign the note of everyone who came and whose part lacks nothing; what the others lack is in the answer.

    Signing again signs what was missing and leaves signed notes as they are. `meant_as_words` are what the signer
    says names no patient: digests of `NoteRoom.words_to_confirm`, each for its sentence. `typed` is a note nobody
    drafted before: written and signed at once. Raises `Cannot` for who may not sign, and before the session has ended.
    """
    found = find_session(session, by=by)
    require(check_sign(found, by=by, at=at))
    # One signer at a time: the second finds what the first has signed.
    Session.objects.select_for_update().get(pk=found.pk)
    keep_answers(found, meant_as_words, by=by, at=at)
    draft = gather_draft(found, at=at)
    if typed is not None:
        draft = as_typed(draft, typed, by=by, at=at)
    hidden = open_seats("note", found, [seat.seat for seat in draft.seats], by=by, at=at, verb="change")
    shared_lacks = lacks_shared(draft, meant_as_words=meant_as_words)
    results, signed = [], []
    for seat in draft.seats:
        stayed_away = seat.attendance is not None and not _came(seat) and seat.note is None
        if stayed_away or seat.seat.patient_id in hidden:
            continue
        lacks: tuple[Refused, ...] = ()
        if seat.note is None:
            lacks = (*shared_lacks, *lacks_own(draft, seat, meant_as_words=meant_as_words))
        note = seat.note or (None if lacks else _note(draft, seat, by=by, at=at))
        if note and not seat.note:
            signed.append(note)
        results.append(_result(seat, note, lacks))
    Note.objects.bulk_create(signed)
    return tuple(results)


def _result(seat: Seat, note: Note | None, lacks: tuple[Refused, ...]) -> SignResult:
    return SignResult(
        patient=seat.seat.patient.uid,
        name=called(seat.seat.patient),
        note=note.uid if note else None,
        is_new=seat.note is None and note is not None,
        lacks=lacks,
    )


def _note(draft: Draft, seat: Seat, *, by: Actor, at: datetime) -> Note:
    """The note that stands alone, not saved yet: shared words copied in, the person's own times and minutes."""
    session, attendance, objective = draft.session, seat.attendance, seat.objective
    if attendance is None or seat.seat.episode_id is None:
        raise AssertionError("only who came, in an episode of care, passes the rules before signing")
    shared = draft.shared if draft.is_shared else None
    note = Note(
        organization_id=by.organization,
        patient_id=seat.seat.patient_id,
        episode_id=seat.seat.episode_id,
        session=session,
        session_type=session.session_type,
        title=session.title,
        place=place_of(session),
        starts_at=session.starts_at + timedelta(minutes=attendance.late_minutes),
        ends_at=session.ends_at - timedelta(minutes=attendance.left_early_minutes),
        objective_id=objective.key if objective else None,
        objective_text=objective.text if objective else "",
        topic=shared.topic if shared else session.topic,
        shared_text=shared.text if shared else "",
        text=seat.text,
        next_step=seat.next_step,
        attendance_status=attendance.status,
        minutes=attendance.minutes,
        local_day=session.local_day,
        practitioner_id=signer(by),
        credential=by.credential,
        signed_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    note.digest = digest_of(note)
    return note


def _came(seat: Seat) -> bool:
    return seat.attendance is not None and STATUSES[seat.attendance.status].minutes_count


def _part(
    draft: Draft, seat: Seat, told: dict[int, list[str]], copied: dict[int, list[CopiedWords]]
) -> NotePart:
    person, written = seat.seat.patient, seat.draft
    return NotePart(
        patient=person.uid,
        name=called(person),
        legal_name=legal_name(person),
        number=person.number,
        birth_date=person.birth_date,
        status=seat.attendance.status if seat.attendance else "",
        minutes=seat.attendance.minutes if seat.attendance else 0,
        text=seat.note.text if seat.note else seat.text,
        next_step=seat.note.next_step if seat.note else seat.next_step,
        objective_thread=seat.objective.thread if seat.objective else None,
        choices=seat.choices,
        version=written.version if written else 0,
        changed_by=written.changed_by.name if written else "",
        changed_at=written.changed_at if written else None,
        note=seat.note.uid if seat.note else None,
        lacks=() if seat.note else lacks_own(draft, seat),
        warnings=() if seat.note else tuple(told.get(seat.seat.patient_id, ())),
        copies=() if seat.note else tuple(copied.get(seat.seat.patient_id, ())),
    )
