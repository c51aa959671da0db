"""Drafts of a session's note: one shared part, one paragraph a person. Two hands on one draft lose nothing."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.care_plan.plans_in_force import objectives_in_force
from throughcare.pathway.note.own_part import (
    MOST_CHARACTERS,
    NOTHING_MORE,
    Columns,
    More,
    OwnPart,
    clean,
    columns_of,
    in_one,
    is_empty,
    kept,
    require_own_objectives,
    require_sayable,
)
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.rows import only_row
from throughcare.pathway.session.session_rows import find_session, open_seats, seated_at
from throughcare.records.notes import DeletedDraft, Note, NoteDraft, SharedDraft
from throughcare.records.sessions import Appointment, Session

__all__ = ["last_versions", "require_writable", "write_own", "write_shared"]


@transaction.atomic
def write_shared(session: UUID, *, text: str, topic: str, seen_version: int, by: Actor, at: datetime) -> int:
    """Write the part that all members share; `seen_version` is 0 when there was none. Returns the new version.

    Raises `ChangedMeanwhile` with the other's words when someone wrote since; notes signed already stay as they are.
    """
    found = hold_for_writing(find_session(session, by=by))
    open_seats("note", found, seated_at(found), by=by, at=at, verb="change")
    require_writable(found, text, by=by)
    topic, text = clean(topic)[:200], clean(text)
    draft = only_row(SharedDraft.objects.select_for_update().filter(session=found))
    if draft is not None and (draft.topic, draft.text) == (topic, text):
        return draft.version
    if draft is None:
        if not (topic or text):
            return 0
        before = last_versions(found).get(None, 0)
        if seen_version and before:
            raise deleted_meanwhile(found, None)
        return _start_shared(found, topic, text, before + 1, by=by, at=at)
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
    more: More = NOTHING_MORE,
) -> int:
    """Write one person's own part, and which of their objectives it is about. Returns the new version.

    Raises `ChangedMeanwhile` with the other's words when someone wrote since, `Cannot` once the note is signed.
    """
    found = hold_for_writing(find_session(session, by=by))
    person = open_patient(patient, kind="note", by=by, at=at, verb="change")
    part = OwnPart(patient, text, objective_thread, seen_version, next_step, more)
    require_writable(found, by=by)
    require_sayable(found, part)
    seat = _seat(found, person.pk)
    if Note.objects.filter(session=found, patient=person).exists():
        raise Cannot("This note is signed and stays as it is. Add an addendum instead.", field="text")
    choices = objectives_in_force([seat.episode_id] if seat.episode_id else [], at=at)
    require_own_objectives(part, {choice.thread for choice in choices.get(seat.episode_id or 0, ())})
    said = columns_of(part)
    return _lay_down(found, person.pk, said, seen_version, by=by, at=at)


def hold_for_writing(session: Session) -> Session:
    """The same session, held until these words are kept: whoever signs meanwhile waits, and signs them too.

    Whatever writes of a session's notes holds it first, before any other row and before the book of accesses, as
    signing does: two who hold in another order would each wait for what the other has.
    """
    Session.objects.select_for_update(no_key=True).filter(pk=session.pk).values_list("pk").first()
    return session


def _lay_down(
    session: Session, patient: int, said: Columns, seen_version: int, *, by: Actor, at: datetime
) -> int:
    draft = NoteDraft.objects.select_for_update().filter(session=session, patient=patient).first()
    if draft is not None and kept(draft) == said:
        return draft.version
    if draft is None:
        if is_empty(said):
            return 0
        before = last_versions(session).get(patient, 0)
        if seen_version and before:
            raise deleted_meanwhile(session, patient)
        return _start_own(session, patient, said, before + 1, by=by, at=at)
    if draft.version != seen_version:
        raise _changed(draft, in_one(draft))
    for name, value in said.items():
        setattr(draft, name, value)
    return _save(draft, by=by, at=at)


def last_versions(session: Session) -> dict[int | None, int]:
    """The last version of each deleted part, by patient (key; None: the shared part): a new draft goes on from it."""
    rows = DeletedDraft.objects.filter(session=session, brought_back_at__isnull=True).order_by("version")
    return dict(rows.values_list("patient", "version"))


def deleted_meanwhile(session: Session, patient: int | None) -> ChangedMeanwhile:
    """What is raised for words sent to a part that somebody deleted since it was seen."""
    rows = DeletedDraft.objects.select_related("recorded_by").filter(session=session, patient=patient)
    last = rows.filter(brought_back_at__isnull=True).latest("version")
    name = last.recorded_by.name if last.recorded_by else "Someone"
    because = f"{name} deleted this part while you were writing. Yours stands below: save it, or let it go."
    return ChangedMeanwhile(because, theirs="", version=0, changed_by=name)


def require_writable(session: Session, text: str = "", *, by: Actor) -> None:
    """Raise `Cannot` where nobody writes, for a session without notes, and for too many words."""
    if by.account is None:
        raise Cannot("A note is written by someone who is signed in.")
    if session.cancelled_at is not None:
        raise Cannot("The session was canceled: it has no notes.")
    if len(text) > MOST_CHARACTERS:
        raise Cannot(f"Shorten this part to {MOST_CHARACTERS} characters.", field="text")


def _seat(session: Session, patient: int) -> Appointment:
    seat = only_row(Appointment.objects.filter(session=session, patient=patient, released_at__isnull=True))
    if seat is None:
        raise Cannot("This person is not expected at this session, so it has no note about them.")
    return seat


def _start_shared(session: Session, topic: str, text: str, version: int, *, by: Actor, at: datetime) -> int:
    said = {"topic": topic, "text": text, "version": version}
    try:
        with transaction.atomic():
            SharedDraft.objects.create(session=session, **said, changed_by_id=by.account or 0, changed_at=at)
    except IntegrityError:
        draft = SharedDraft.objects.get(session=session)
        raise _changed(draft, f"{draft.topic}\n\n{draft.text}".strip()) from None
    return version


def _start_own(
    session: Session, patient: int, said: Columns, version: int, *, by: Actor, at: datetime
) -> int:
    try:
        with transaction.atomic():
            NoteDraft.objects.create(
                session=session,
                patient_id=patient,
                **said,
                version=version,
                changed_by_id=by.account or 0,
                changed_at=at,
            )
    except IntegrityError:
        draft = NoteDraft.objects.get(session=session, patient_id=patient)
        raise _changed(draft, in_one(draft)) from None
    return version


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
