"""A session's note: one shared part and one paragraph a person, signed at once, each a note that stands alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.recording.names_in_notes import NamedPeer
from throughcare.knowledge.recording.note_formats import ALL as FORMATS
from throughcare.knowledge.recording.note_formats import NoteFormat, as_text, formats_for
from throughcare.knowledge.recording.phrases import PHRASES
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.verdict import Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plans_in_force import ObjectiveChoice
from throughcare.pathway.note.copies import CopiedWords, lacks_own_words, unanswered_copies
from throughcare.pathway.note.deleted_drafts import Deleted, deleted_drafts
from throughcare.pathway.note.drafts import write_own, write_shared
from throughcare.pathway.note.gates import (
    Draft,
    Seat,
    check_sign,
    gather_draft,
    lacks_own,
    lacks_shared,
    warnings,
    words_that_may_be_names,
)
from throughcare.pathway.note.own_part import quotes_of
from throughcare.pathway.note.page import add_addendum
from throughcare.pathway.note.quotable import Said, said_around
from throughcare.pathway.note.shared_drafts import ShareView, share_view
from throughcare.pathway.note.signing import came, sign_notes
from throughcare.pathway.privacy import may_access
from throughcare.pathway.session.session_rows import (
    SessionHead,
    called,
    describe,
    find_session,
    legal_name,
    open_seats,
)
from throughcare.records.notes import Note
from throughcare.records.sessions import Session

__all__ = ["add_addendum", "note_room", "sign_notes", "write_own", "write_shared"]

# How far back the objective of the last note is proposed again.
DAYS_BACK = 30


@dataclass(frozen=True)
class NotePart:
    """One person's own part of the note, and what it lacks before it may be signed.

    `form` is the format that it is written in, empty for a free paragraph; `said` are the person's own words around
    the session; `share` is there where the person may read the draft.
    """

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
    form: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    served: tuple[ObjectiveChoice, ...] = ()
    observed: Mapping[UUID, str] = field(default_factory=dict)
    said: Said = field(default_factory=Said)
    share: ShareView | None = None

    @property
    def words(self) -> str:
        """The paragraph, or the sections of the format as one text."""
        form = None if self.note else FORMATS.get(self.form)
        return as_text(form, self.sections) if form else self.text


@dataclass(frozen=True)
class NoteRoom:
    """A session's note being written. `parts` are of those who came; `absent` are the names of those who didn't.

    `formats` are those that fit the session, the usual one first; `deleted` is what may still be brought back.
    """

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
    formats: tuple[NoteFormat, ...]
    deleted: tuple[Deleted, ...]

    @property
    def signed(self) -> int:
        """How many notes are signed."""
        return sum(part.note is not None for part in self.parts)


def note_room(
    session: UUID, *, by: Actor, at: datetime, also: Collection[UUID] = (), judged: bool = True
) -> NoteRoom:
    """The note of a session as it stands, with what each part still lacks, where it is to be `judged`.

    Parts are of those who came, of those about whom something was drafted already, and of the patients in `also`.
    """
    found = find_session(session, by=by)
    draft = gather_draft(found, at=at)
    copied = unanswered_copies(draft) if judged else {}
    # Whose earlier words are shown beside a copy is read too.
    read = {seat.seat.patient_id for seat in draft.seats}
    read |= {one.of for copies in copied.values() for one in copies}
    hidden = open_seats("note", found, [seat.seat for seat in draft.seats], by=by, at=at, also=read)
    shared = draft.shared
    open_to = [seat for seat in draft.seats if seat.seat.patient_id not in hidden]
    shown = [seat for seat in open_to if came(seat) or seat.text or seat.seat.patient.uid in also]
    told = _tell(draft, shown, copied, hidden, by=by)
    return NoteRoom(
        head=describe(found, hidden),
        is_shared=draft.is_shared,
        topic=shared.topic if shared else found.topic,
        shared_text=shared.text if shared else "",
        shared_version=shared.version if shared else 0,
        shared_changed_by=shared.changed_by.name if shared else "",
        shared_changed_at=shared.changed_at if shared else None,
        shared_lacks=lacks_shared(draft) if judged else (),
        parts=tuple(_part(draft, seat, told, judged=judged) for seat in shown),
        absent=_absent(draft, hidden),
        not_taken=tuple(called(seat.seat.patient, hidden) for seat in draft.seats if seat.attendance is None),
        may_write=may_access("note", by=by, verb="change"),
        may_sign=check_sign(found, by=by, at=at),
        words_to_confirm=() if hidden or not judged else words_that_may_be_names(draft),
        phrases=PHRASES,
        formats=formats_for(session_type(found.session_type).modality),
        deleted=deleted_drafts(found, {seat.seat.patient_id for seat in open_to}, at=at),
    )


def _absent(draft: Draft, hidden: Collection[int]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (called(seat.seat.patient, hidden), seat.attendance.status)
        for seat in draft.seats
        if seat.attendance and not came(seat)
    )


@dataclass(frozen=True)
class _Told:
    """What is said about each person's part, by patient (key)."""

    warnings: Mapping[int, list[str]]
    copies: Mapping[int, tuple[CopiedWords, ...]]
    # Whose words aren't shown to whoever asks.
    hidden: frozenset[int]
    said: Mapping[int, Said]
    last: Mapping[int, UUID]

    def shown_copies(self, patient: int) -> tuple[CopiedWords, ...]:
        """The copies in this person's part whose earlier words may be shown."""
        return tuple(one for one in self.copies.get(patient, ()) if one.of not in self.hidden)


def _tell(
    draft: Draft,
    seats: Sequence[Seat],
    copied: Mapping[int, tuple[CopiedWords, ...]],
    hidden: Collection[int],
    *,
    by: Actor,
) -> _Told:
    quoted = {seat.seat.patient_id: quotes_of(seat.draft) if seat.draft else () for seat in seats}
    return _Told(
        warnings=warnings(draft),
        copies=copied,
        hidden=frozenset(hidden),
        said=said_around(draft.session, quoted, by=by),
        last=_last_objectives(draft.session, seats),
    )


def _last_objectives(session: Session, seats: Collection[Seat]) -> dict[int, UUID]:
    """Of those about whom nothing is written yet: which objective (thread) their last note of this kind was about."""
    unwritten = [seat.seat.patient_id for seat in seats if seat.draft is None and len(seat.served) > 1]
    since = session.local_day - timedelta(days=DAYS_BACK)
    rows = Note.objects.filter(
        organization_id=session.organization_id,
        patient__in=unwritten,
        session_type=session.session_type,
        objective__isnull=False,
        local_day__range=(since, session.local_day),
    )
    in_order = rows.order_by("local_day", "starts_at").values_list("patient", "objective__thread")
    return dict(in_order) if unwritten else {}


def _part(draft: Draft, seat: Seat, told: _Told, *, judged: bool) -> NotePart:
    person, written, key = seat.seat.patient, seat.draft, seat.seat.patient_id
    seen = {choice.thread: level for choice, level in seat.observed}
    return NotePart(
        patient=person.uid,
        name=called(person),
        legal_name=legal_name(person),
        number=person.number,
        birth_date=person.birth_date,
        status=seat.attendance.status if seat.attendance else "",
        minutes=seat.attendance.minutes if seat.attendance else 0,
        text=seat.note.text if seat.note else written.text if written else "",
        next_step=seat.note.next_step if seat.note else seat.next_step,
        objective_thread=_objective(seat, told.last.get(key)),
        choices=seat.choices,
        version=written.version if written else 0,
        changed_by=written.changed_by.name if written else "",
        changed_at=written.changed_at if written else None,
        note=seat.note.uid if seat.note else None,
        lacks=(*lacks_own(draft, seat), *lacks_own_words(told.copies, key))
        if judged and not seat.note
        else (),
        warnings=() if seat.note else tuple(told.warnings.get(key, ())),
        copies=() if seat.note else told.shown_copies(key),
        form=written.form if written else "",
        sections=(written.sections or {}) if written else {},
        served=seat.served,
        observed=seen,
        said=told.said.get(key, Said()),
        share=share_view(draft.session, seat.share, version=written.version if written else 0),
    )


def _objective(seat: Seat, last: UUID | None) -> UUID | None:
    """The objective that was chosen; before anything is written the only one served, or that of the last note."""
    if seat.draft is not None:
        return seat.objective.thread if seat.objective else None
    served = [choice.thread for choice in seat.served]
    return served[0] if len(served) == 1 else last if last in served else None
