"""Copies of the whole record: asked for in one tap, made by the worker, fetched once signed in, written in the book."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from throughcare.knowledge.privacy.own_record import FHIR, FILES, PDF
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.message.language import in_language_of
from throughcare.pathway.message.outbox import put_message, to_account
from throughcare.pathway.own_record.gathering import WholeRecord, gather_record
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.disclosure import tell_now
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.pathway.program_settings import number
from throughcare.records.organizations import Organization
from throughcare.records.own_record import RecordCopy, RecordFetch, RecordFile

KEEP = "own_copy.keep_days"
MOST_TRIES = 3
SILENT = timedelta(minutes=2)
METHODS: Mapping[str, str] = {PDF: "pdf", FHIR: "export"}
Draw = Callable[[WholeRecord], Mapping[str, bytes]]


@dataclass(frozen=True)
class FileOfCopy:
    """One file to fetch: its kind, what it is for, its size in bytes."""

    kind: str
    words: str
    size: int


@dataclass(frozen=True)
class CopyView:
    """A copy as it stands. `state` is waiting, making, ready, failed or over."""

    uid: UUID
    asked_at: datetime
    state: str
    done: int
    parts: int
    ready_at: datetime | None
    until: datetime | None
    files: tuple[FileOfCopy, ...]
    left_out: tuple[tuple[str, str], ...]


@transaction.atomic
def ask_for_copy(patient: UUID, *, by: Actor, at: datetime) -> UUID:
    """Ask for one's whole record; while one is made, that one."""
    person = open_patient(patient, kind="own_copy", by=by, at=at, verb="change")
    if by.account is None:
        raise Cannot(_("Sign in to ask for your record."))
    making = RecordCopy.objects.filter(patient=person, ready_at__isnull=True, ended_at__isnull=True).first()
    if making is not None:
        return making.uid
    try:
        with transaction.atomic():
            return RecordCopy.objects.create(
                organization_id=person.organization_id,
                patient=person,
                recorded_by_id=by.account,
                recorded_at=at,
            ).uid
    except IntegrityError as double:
        raise Cannot(_("Your record is being made already.")) from double


def copies_of(patient: UUID, *, by: Actor, at: datetime) -> tuple[CopyView, ...]:
    """The copies that a person asked for, newest first."""
    person = open_patient(patient, kind="own_copy", by=by, at=at)
    keep = timedelta(days=int(number(KEEP, organization=person.organization_id, on=at.date())))
    rows = RecordCopy.objects.filter(patient=person).order_by("-recorded_at", "-pk")[:10]
    files: dict[int, list[FileOfCopy]] = {row.pk: [] for row in rows}
    known = RecordFile.objects.filter(copy__in=files).order_by("-kind").values_list("copy", "kind", "size")
    for key, kind, size in known:
        files[key].append(FileOfCopy(kind, FILES[kind], size))
    return tuple(_view(row, files[row.pk], keep) for row in rows)


def _view(row: RecordCopy, files: list[FileOfCopy], keep: timedelta) -> CopyView:
    state = "waiting" if row.alive_at is None else "making"
    if row.ready_at is not None:
        state = "over" if row.ended_at else "ready"
    elif row.ended_at is not None:
        state = "failed"
    return CopyView(
        uid=row.uid,
        asked_at=row.recorded_at,
        state=state,
        done=row.parts_done,
        parts=row.parts,
        ready_at=row.ready_at,
        until=row.ready_at + keep if row.ready_at else None,
        files=tuple(files) if state == "ready" else (),
        left_out=tuple((title, why) for title, why in row.left_out),
    )


def take_copies(*, at: datetime) -> list[UUID]:
    """The copies to make now, each taken once: new ones, and those whose maker fell silent."""
    waiting = RecordCopy.objects.filter(ready_at__isnull=True, ended_at__isnull=True)
    stale = waiting.filter(Q(alive_at__isnull=True) | Q(alive_at__lt=at - SILENT))
    stale.filter(tries__gte=MOST_TRIES).update(ended_at=at)
    return [
        row.uid
        for row in stale.filter(tries__lt=MOST_TRIES).order_by("pk")
        if stale.filter(pk=row.pk, tries=row.tries).update(alive_at=at, tries=F("tries") + 1)
    ]


def make_copy(copy: UUID, *, draw: Draw, at: datetime) -> None:
    """Gather the record as the person who asked may read it now, draw its files and keep them sealed.

    The chapters are counted as they come, so that the page shows how far it is. Who lost the right meanwhile gets none.
    """
    row = RecordCopy.objects.select_related("patient").get(uid=copy)
    by = actor_for(row.recorded_by_id) if row.recorded_by_id else None
    if by is None or by.patient != row.patient_id:
        RecordCopy.objects.filter(pk=row.pk).update(ended_at=at)
        return

    def done(chapters: int, of: int) -> None:
        RecordCopy.objects.filter(pk=row.pk).update(parts_done=chapters, parts=of)

    record = gather_record(row.patient, by=by, at=at, done=done)
    _keep_files(row, record, draw(record), by=by, at=at)


@transaction.atomic
def _keep_files(
    row: RecordCopy, record: WholeRecord, files: Mapping[str, bytes], *, by: Actor, at: datetime
) -> None:
    """The files, sealed, and the word to the person that they are there; nothing where somebody else was faster."""
    held = RecordCopy.objects.select_for_update().get(pk=row.pk)
    if held.ready_at is not None or held.ended_at is not None:
        return
    RecordFile.objects.bulk_create(
        RecordFile(
            organization_id=row.organization_id,
            copy=row,
            kind=kind,
            content=content,
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
            recorded_at=at,
        )
        for kind, content in files.items()
    )
    held.parts_done, held.ready_at, held.left_out = held.parts, at, [list(one) for one in record.left_out]
    held.save(update_fields=["parts_done", "ready_at", "left_out"])
    with in_language_of(account=by.account):
        put_message(
            to_account(by.account or 0),
            subject=_("What you asked for is ready"),
            words=_("What you asked for is ready. Sign in to get it."),
            key=f"own copy {row.uid}",
            organization=row.organization_id,
            at=at,
        )


@transaction.atomic
def fetch_file(copy: UUID, kind: str, *, by: Actor, at: datetime) -> bytes:
    """A file of a copy that is ready, for the person alone; it stands in the disclosure book. Raises `Absent`."""
    rows = RecordFile.objects.select_related("copy__patient")
    row = rows.filter(organization_id=by.organization, copy__uid=copy, kind=kind).first()
    if (
        row is None
        or row.content is None
        or row.copy.ended_at is not None
        or row.copy.patient_id != by.patient
    ):
        raise Absent("copy")
    person = open_patient(row.copy.patient, kind="own_copy", by=by, at=at)
    if hashlib.sha256(row.content).hexdigest() != row.digest:
        raise Cannot(_("This file was damaged. Ask for your record again."))
    RecordFetch.objects.create(
        organization_id=row.organization_id, file=row, recorded_by_id=by.account, recorded_at=at
    )
    telling = Telling(
        To("patient", f"{person.given_name} {person.family_name}".strip()),
        "patient_request",
        METHODS[kind],
        (Item("own_copy", f"The whole record. {FILES[kind]}", row.recorded_at.date()),),
        basis="patient_request",
    )
    tell_now(person.uid, telling, by=the_program(by.organization), at=at)
    return bytes(row.content)


def end_old_copies(*, at: datetime) -> int:
    """Empty the files of copies that waited long enough; how many copies."""
    ended = 0
    for organization in Organization.objects.values_list("pk", flat=True):
        keep = timedelta(days=int(number(KEEP, organization=organization, on=at.date())))
        old = RecordCopy.objects.filter(
            organization_id=organization, ready_at__lt=at - keep, ended_at__isnull=True
        )
        with transaction.atomic():
            RecordFile.objects.filter(copy__in=old).update(content=None)
            ended += old.update(ended_at=at)
    return ended
