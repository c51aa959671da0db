"""Signing a session's note: everyone's part at once, each a note that stands alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.recording.participation import as_sentences
from throughcare.knowledge.recording.shared_drafts import reading_of
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import require
from throughcare.pathway.note.copies import lacks_own_words, unanswered_copies
from throughcare.pathway.note.digest import digest_of
from throughcare.pathway.note.gates import (
    Draft,
    Seat,
    check_sign,
    gather_draft,
    lacks_own,
    lacks_shared,
)
from throughcare.pathway.note.name_answers import keep_answers
from throughcare.pathway.note.own_part import form_of
from throughcare.pathway.note.typed import TypedNote, as_typed
from throughcare.pathway.session.session_rows import called, find_session, open_seats, place_of, signer
from throughcare.records.notes import Note
from throughcare.records.sessions import Session


@dataclass(frozen=True)
class SignResult:
    """What became of one person's note: `note` is there when it is signed, `is_new` when it was signed just now."""

    patient: UUID
    name: str
    note: UUID | None
    is_new: bool
    lacks: tuple[Refused, ...]


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

    Signing again signs what was missing and leaves signed notes as they are. `meant_as_words` are digests that the
    signer answered: of `NoteRoom.words_to_confirm` (no patient) and of `NotePart.copies` (so again). `typed` is a note
    nobody drafted before. Raises `Cannot` for who may not sign, and before the session has ended.
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
    copies = unanswered_copies(draft, meant_as_words=meant_as_words)
    results, signed = [], []
    for seat in draft.seats:
        stayed_away = seat.attendance is not None and not came(seat) and seat.note is None
        if stayed_away or seat.seat.patient_id in hidden:
            continue
        lacks: tuple[Refused, ...] = ()
        if seat.note is None:
            not_own = lacks_own_words(copies, seat.seat.patient_id)
            lacks = (*shared_lacks, *lacks_own(draft, seat, meant_as_words=meant_as_words), *not_own)
        note = seat.note or (None if lacks else _note(draft, seat, by=by, at=at))
        if note and not seat.note:
            signed.append(note)
        results.append(_result(seat, note, lacks))
    Note.objects.bulk_create(signed)
    return tuple(results)


def came(seat: Seat) -> bool:
    """Whether the person came: only then there is something to write."""
    return seat.attendance is not None and STATUSES[seat.attendance.status].minutes_count


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
        attendance_status=attendance.status,
        minutes=attendance.minutes,
        local_day=session.local_day,
        practitioner_id=signer(by),
        credential=by.credential,
        signed_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    _say(note, seat)
    note.digest = digest_of(note)
    return note


def _say(note: Note, seat: Seat) -> None:
    """The person's own part: their words, what was observed, what they said and added themselves."""
    note.text, note.next_step = seat.text, seat.next_step
    note.form = form_of(seat.draft) if seat.draft else ""
    note.observed = {str(choice.thread): level for choice, level in seat.observed} or None
    note.observed_text = as_sentences((choice.text, level) for choice, level in seat.observed)
    note.quoted_text, note.added_text = seat.quoted, seat.added
    if seat.draft and seat.share and (seat.share.taken_back_at is None or seat.share.read_at):
        note.read_by_patient = reading_of(read_version=seat.share.read_version, version=seat.draft.version)
