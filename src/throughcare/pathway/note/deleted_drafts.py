"""Unsigned parts that somebody deleted: kept for some days, brought back with one tap, then gone for good."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.note.drafts import hold_for_writing, last_versions, require_writable
from throughcare.pathway.note.own_part import in_one, kept
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import number
from throughcare.pathway.rows import only_row
from throughcare.pathway.session.session_rows import called, find_session, local, open_seats, seated_at
from throughcare.records.notes import DeletedDraft, Note, NoteDraft, SharedDraft
from throughcare.records.organizations import Organization
from throughcare.records.sessions import Session

SIGNED = "This note is signed and stays as it is. Add an addendum instead."


@dataclass(frozen=True)
class Deleted:
    """A part that may be brought back until `until`; `name` is whose it is, empty for the shared part."""

    uid: UUID
    name: str
    words: str
    deleted_by: str
    deleted_at: datetime
    until: datetime


@transaction.atomic
def delete_own(session: UUID, patient: UUID, *, seen_version: int, by: Actor, at: datetime) -> UUID:
    """Delete what was drafted about one person. Raises `Cannot` once it is signed, or when it changed since."""
    found = hold_for_writing(find_session(session, by=by))
    person = open_patient(patient, kind="note", by=by, at=at, verb="change")
    require_writable(found, by=by)
    if Note.objects.filter(session=found, patient=person).exists():
        raise Cannot(SIGNED)
    draft = NoteDraft.objects.select_for_update().filter(session=found, patient=person).first()
    if draft is None:
        raise Cannot("Nothing is written here that could be deleted.")
    _require_seen(draft, seen_version)
    content = kept(draft) | {"objective_thread": _text(draft.objective_thread)}
    return _delete(draft, content | {"words": in_one(draft)}, person.pk, by=by, at=at)


@transaction.atomic
def delete_shared(session: UUID, *, seen_version: int, by: Actor, at: datetime) -> UUID:
    """Delete the draft of the part that all share. Notes that are signed keep their words."""
    found = hold_for_writing(find_session(session, by=by))
    open_seats("note", found, seated_at(found), by=by, at=at, verb="change")
    require_writable(found, by=by)
    draft = only_row(SharedDraft.objects.select_for_update().filter(session=found))
    if draft is None:
        raise Cannot("Nothing is written here that could be deleted.")
    _require_seen(draft, seen_version)
    words = f"{draft.topic}\n\n{draft.text}".strip()
    content = {"topic": draft.topic, "text": draft.text, "words": words}
    return _delete(draft, content, None, by=by, at=at)


@transaction.atomic
def bring_back(deleted: UUID, *, by: Actor, at: datetime) -> UUID:
    """Put a deleted part back where it was; the session that it belongs to. Raises `Absent` when it is too late."""
    rows = DeletedDraft.objects.filter(organization_id=by.organization, uid=deleted)
    whose = rows.values_list("session__uid", flat=True).first()
    if whose is None:
        raise Absent("deleted draft")
    session = hold_for_writing(find_session(whose, by=by))
    found = rows.filter(brought_back_at__isnull=True).select_related("patient").first()
    if found is None or found.recorded_at < at - _kept_for(by.organization, at):
        raise Absent("deleted draft")
    if found.patient is None:
        open_seats("note", session, seated_at(session), by=by, at=at, verb="change")
    else:
        open_patient(found.patient, kind="note", by=by, at=at, verb="change")
    require_writable(session, by=by)
    _put_back(found, session, by=by, at=at)
    found.brought_back_at = at
    found.save(update_fields=["brought_back_at"])
    return session.uid


def deleted_drafts(session: Session, patients: Collection[int], *, at: datetime) -> tuple[Deleted, ...]:
    """What of this session may still be brought back: the shared part, and the parts of these patients (keys)."""
    rows = DeletedDraft.objects.select_related("patient", "recorded_by").filter(
        session=session, brought_back_at__isnull=True
    )
    found = [
        row for row in rows.order_by("-recorded_at") if row.patient_id is None or row.patient_id in patients
    ]
    if not found:
        return ()
    days = _kept_for(session.organization_id, at)
    return tuple(
        Deleted(
            uid=row.uid,
            name=called(row.patient) if row.patient else "",
            words=row.content["words"],
            deleted_by=row.recorded_by.name if row.recorded_by else "",
            deleted_at=local(session, row.recorded_at),
            until=local(session, row.recorded_at + days),
        )
        for row in found
        if row.recorded_at >= at - days
    )


def sweep_deleted_drafts(*, at: datetime) -> str:
    """Remove for good what was deleted too long ago to be brought back; no signed word is among it."""
    gone = 0
    for organization in Organization.objects.values_list("pk", flat=True):
        before = at - _kept_for(organization, at)
        rows = DeletedDraft.objects.filter(organization_id=organization, recorded_at__lt=before)
        gone += rows.delete()[0]
    return f"{gone} removed"


def _kept_for(organization: int, at: datetime) -> timedelta:
    return timedelta(days=number("note.undo_days", organization=organization, on=at.date()))


def _require_seen(draft: NoteDraft | SharedDraft, seen_version: int) -> None:
    if draft.version != seen_version:
        raise Cannot(f"{draft.changed_by.name} has changed this part. Read it again before you delete it.")


def _delete(
    draft: NoteDraft | SharedDraft,
    content: dict[str, object],
    patient: int | None,
    *,
    by: Actor,
    at: datetime,
) -> UUID:
    row = DeletedDraft.objects.create(
        organization_id=by.organization,
        session=draft.session,
        patient_id=patient,
        content=content,
        version=draft.version,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    draft.delete()
    return row.uid


def _put_back(deleted: DeletedDraft, session: Session, *, by: Actor, at: datetime) -> None:
    said = {name: value for name, value in deleted.content.items() if name != "words"}
    version = last_versions(session).get(deleted.patient_id, deleted.version) + 1
    who = {"session": session, "version": version, "changed_by_id": by.account or 0, "changed_at": at}
    try:
        with transaction.atomic():
            if deleted.patient is None:
                SharedDraft.objects.create(**who, **said)
                return
            if Note.objects.filter(session=session, patient=deleted.patient).exists():
                raise Cannot(SIGNED)
            NoteDraft.objects.create(**who, patient=deleted.patient, **said)
    except IntegrityError:
        raise Cannot("New words stand there by now. Delete them first to bring these back.") from None


def _text(thread: UUID | None) -> str | None:
    return str(thread) if thread else None
