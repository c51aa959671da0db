"""Several people's parts of a session's note written at once, in a number of queries that doesn't grow with them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.care_plan.plans_in_force import objectives_in_force
from throughcare.pathway.note.drafts import hold_for_writing, last_versions, require_writable, write_own
from throughcare.pathway.note.own_part import (
    COLUMNS,
    OwnPart,
    columns_of,
    is_empty,
    kept,
    require_sayable,
)
from throughcare.pathway.session.session_rows import find_session, open_seats, seated_at
from throughcare.records.notes import Note, NoteDraft
from throughcare.records.sessions import Appointment, Session

__all__ = ["OwnPart", "write_parts"]


@dataclass(frozen=True)
class _Standing:
    """What is stored of a session's own parts, by patient (key)."""

    drafts: Mapping[int, NoteDraft]
    signed: Collection[int]
    threads: Mapping[int, Collection[UUID]]
    deleted: Mapping[int | None, int]


@transaction.atomic
def write_parts(session: UUID, parts: Sequence[OwnPart], *, by: Actor, at: datetime) -> dict[UUID, int]:
    """Write the parts of several people; the version of each that is stored now, by patient.

    Raises `ChangedMeanwhile` or `Cannot` as `write_own` does; then nothing of this call is kept.
    """
    found = hold_for_writing(find_session(session, by=by))
    require_writable(found, by=by)
    wanted = {part.patient: part for part in parts}
    seats = _seats(found, wanted, by=by, at=at)
    standing = _standing(found, list(seats.values()), at=at)
    versions: dict[UUID, int] = {}
    begun: list[tuple[OwnPart, NoteDraft]] = []
    changed: list[NoteDraft] = []
    for patient, part in wanted.items():
        require_sayable(found, part)
        draft = standing.drafts.get(seats[patient].patient_id)
        if not _fits(part, seats[patient].patient_id, standing):
            # It says in its own words what stands against this part.
            versions[patient] = _write_alone(session, part, by=by, at=at)
        elif _says_the_same(draft, part):
            versions[patient] = draft.version if draft else 0
        else:
            before = standing.deleted.get(seats[patient].patient_id, 0)
            row = draft or NoteDraft(session=found, patient=seats[patient].patient, version=before)
            for name, value in columns_of(part).items():
                setattr(row, name, value)
            row.version += 1
            row.changed_by_id, row.changed_at = by.account or 0, at
            versions[patient] = row.version
            if draft is None:
                begun.append((part, row))
            else:
                changed.append(row)
    NoteDraft.objects.bulk_update(changed, [*COLUMNS, "version", "changed_by", "changed_at"])
    _begin(session, begun, by=by, at=at)
    return versions


def _seats(session: Session, wanted: Collection[UUID], *, by: Actor, at: datetime) -> dict[UUID, Appointment]:
    """The seats of these people; `Cannot` where one isn't expected, or may not be written about by this actor."""
    seats = {seat.patient.uid: seat for seat in seated_at(session) if seat.patient.uid in wanted}
    if len(seats) < len(wanted):
        raise Cannot("Someone in these notes is not expected at this session.")
    if open_seats("note", session, list(seats.values()), by=by, at=at, verb="change"):
        raise CannotSee("Someone's record in these notes is guarded. Only who treats them writes about them.")
    return seats


def _standing(session: Session, seats: Sequence[Appointment], *, at: datetime) -> _Standing:
    choices = objectives_in_force([seat.episode_id for seat in seats if seat.episode_id], at=at)
    drafts = NoteDraft.objects.select_for_update().filter(session=session)
    return _Standing(
        drafts={draft.patient_id: draft for draft in drafts},
        signed=set(Note.objects.filter(session=session).values_list("patient", flat=True)),
        threads={
            seat.patient_id: {choice.thread for choice in choices.get(seat.episode_id or 0, ())}
            for seat in seats
        },
        deleted=last_versions(session),
    )


def _fits(part: OwnPart, patient: int, standing: _Standing) -> bool:
    """Whether nothing stands against it: not signed, the version is the one seen, the objective their own."""
    draft = standing.drafts.get(patient)
    if draft is None:
        fresh = not (part.seen_version and standing.deleted.get(patient))
    else:
        fresh = draft.version == part.seen_version or _says_the_same(draft, part)
    about = {*part.more.observed, *({part.objective_thread} - {None})}
    own = about <= set(standing.threads[patient])
    return fresh and own and patient not in standing.signed


def _says_the_same(draft: NoteDraft | None, part: OwnPart) -> bool:
    said = columns_of(part)
    return is_empty(said) if draft is None else kept(draft) == said


def _begin(session: UUID, begun: Sequence[tuple[OwnPart, NoteDraft]], *, by: Actor, at: datetime) -> None:
    try:
        with transaction.atomic():
            NoteDraft.objects.bulk_create(row for _, row in begun)
    except IntegrityError:
        # Someone began one of these parts in the same moment: one by one, theirs is found and shown.
        for part, _ in begun:
            _write_alone(session, part, by=by, at=at)


def _write_alone(session: UUID, part: OwnPart, *, by: Actor, at: datetime) -> int:
    return write_own(
        session,
        part.patient,
        text=part.text,
        next_step=part.next_step,
        objective_thread=part.objective_thread,
        seen_version=part.seen_version,
        more=part.more,
        by=by,
        at=at,
    )
