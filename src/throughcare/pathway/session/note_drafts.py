"""Drafts of a session's note: one shared part, one paragraph a person. Two hands on one draft lose nothing."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.care_plan.plans_in_force import objectives_in_force
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.rows import only_row
from throughcare.pathway.session.session_rows import find_session, open_seats, seated_at
from throughcare.records.notes import Note, NoteDraft, SharedDraft
from throughcare.records.sessions import Appointment, Session

MOST_CHARACTERS = 8000
LONGEST_STEP = 300
OwnWords = tuple[str, str, UUID | None]


@transaction.atomic
def write_shared(session: UUID, *, text: str, topic: str, seen_version: int, by: Actor, at: datetime) -> int:
    """Write the part that all members share; `seen_version` is 0 when there was none. Returns the new version.

    Raises `ChangedMeanwhile` with the other's words when someone wrote since; notes signed already stay as they are.
    """
    found = find_session(session, by=by)
    open_seats("note", found, seated_at(found), by=by, at=at, verb="change")
    require_writable(found, text, by=by)
    topic, text = clean(topic)[:200], clean(text)
    draft = only_row(SharedDraft.objects.select_for_update().filter(session=found))
    if draft is not None and (draft.topic, draft.text) == (topic, text):
        return draft.version
    if draft is None:
        if not (topic or text):
            return 0
        return _start_shared(found, topic, text, by=by, at=at)
    if draft.version != seen_version:
        raise _changed(draft, f"{draft.topic}\n\n{draft.text}".strip())
    draft.topic, draft.text = topic, text
    return _save(draft, by=by, at=at)


@transaction.atomic
def write_own(
    session: UUID,
    patient: UUID,
    *,
    text: str,
    objective_thread: UUID | None,
    seen_version: int,
    by: Actor,
    at: datetime,
    next_step: str = "",
) -> int:
    """Write one person's own paragraph, what happens next, and which of their objectives it is about.

    Returns the new version.

    Raises `ChangedMeanwhile` with the other's words when someone wrote since, `Cannot` once the note is signed.
    """
    person = open_patient(patient, kind="note", by=by, at=at, verb="change")
    found = find_session(session, by=by)
    require_writable(found, text, by=by, next_step=next_step)
    seat = _seat(found, person.pk)
    if Note.objects.filter(session=found, patient=person).exists():
        raise Cannot("This note is signed and stays as it is. Add an addendum instead.", field="text")
    _require_own_objective(seat, objective_thread, at=at)
    text, next_step = clean(text), clean(next_step)
    said = (text, next_step, objective_thread)
    draft = NoteDraft.objects.select_for_update().filter(session=found, patient=person).first()
    if draft is not None and own_words(draft) == said:
        return draft.version
    if draft is None:
        if not any(said):
            return 0
        return _start_own(found, person.pk, said, by=by, at=at)
    if draft.version != seen_version:
        raise _changed(draft, _in_one(draft))
    draft.text, draft.next_step, draft.objective_thread = said
    return _save(draft, by=by, at=at)


def clean(text: str) -> str:
    """The words as typed, with one kind of line end and nothing that a database can't hold."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def own_words(draft: NoteDraft) -> OwnWords:
    """What an own part says: the paragraph, the next step, the objective."""
    return (draft.text, draft.next_step, draft.objective_thread)


def _in_one(draft: NoteDraft) -> str:
    step = f"Next step: {draft.next_step}" if draft.next_step else ""
    return f"{draft.text}\n\n{step}".strip()


def require_writable(session: Session, text: str, *, by: Actor, next_step: str = "") -> None:
    """Raise `Cannot` where nobody writes, for a session without notes, and for too many words."""
    if by.account is None:
        raise Cannot("A note is written by someone who is signed in.")
    if session.cancelled_at is not None:
        raise Cannot("The session was canceled: it has no notes.")
    if len(text) > MOST_CHARACTERS:
        raise Cannot(f"Shorten this part to {MOST_CHARACTERS} characters.", field="text")
    if len(next_step) > LONGEST_STEP:
        raise Cannot(f"Shorten the next step to {LONGEST_STEP} characters.", field="next_step")


def _require_own_objective(seat: Appointment, thread: UUID | None, *, at: datetime) -> None:
    if thread is None:
        return
    choices = objectives_in_force([seat.episode_id] if seat.episode_id else [], at=at)
    if all(choice.thread != thread for choice in choices.get(seat.episode_id or 0, ())):
        raise Cannot("Choose one of this person's own objectives in force.", field="objective")


def _seat(session: Session, patient: int) -> Appointment:
    seat = only_row(Appointment.objects.filter(session=session, patient=patient, released_at__isnull=True))
    if seat is None:
        raise Cannot("This person is not expected at this session, so it has no note about them.")
    return seat


def _start_shared(session: Session, topic: str, text: str, *, by: Actor, at: datetime) -> int:
    try:
        with transaction.atomic():
            SharedDraft.objects.create(
                session=session, topic=topic, text=text, changed_by_id=by.account or 0, changed_at=at
            )
    except IntegrityError:
        draft = SharedDraft.objects.get(session=session)
        raise _changed(draft, f"{draft.topic}\n\n{draft.text}".strip()) from None
    return 1


def _start_own(session: Session, patient: int, said: OwnWords, *, by: Actor, at: datetime) -> int:
    text, next_step, thread = said
    try:
        with transaction.atomic():
            NoteDraft.objects.create(
                session=session,
                patient_id=patient,
                text=text,
                next_step=next_step,
                objective_thread=thread,
                changed_by_id=by.account or 0,
                changed_at=at,
            )
    except IntegrityError:
        draft = NoteDraft.objects.get(session=session, patient_id=patient)
        raise _changed(draft, _in_one(draft)) from None
    return 1


def _save(draft: SharedDraft | NoteDraft, *, by: Actor, at: datetime) -> int:
    draft.version += 1
    draft.changed_by_id, draft.changed_at = by.account or 0, at
    draft.save()
    return draft.version


def _changed(draft: SharedDraft | NoteDraft, theirs: str) -> ChangedMeanwhile:
    name = draft.changed_by.name
    return ChangedMeanwhile(
        f"{name} changed this part while you were writing. Both versions are shown: keep one, or merge them.",
        theirs=theirs,
        version=draft.version,
        changed_by=name,
    )
