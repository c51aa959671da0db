"""Several people's parts of a session's note written at once, in a number of queries that doesn't grow with them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.care_plan.plans_in_force import objectives_in_force
from throughcare.pathway.session.note_drafts import (
    OwnWords,
    clean,
    own_words,
    require_writable,
    write_own,
)
from throughcare.pathway.session.session_rows import find_session, open_seats, seated_at
from throughcare.records.notes import Note, NoteDraft
from throughcare.records.sessions import Appointment, Session


@dataclass(frozen=True)
class OwnPart:
    """One person's part: their own paragraph, which of their objectives it is about, and what happens next."""

    patient: UUID
    text: str
    objective_thread: UUID | None
    seen_version: int = 0
    next_step: str = ""


@dataclass(frozen=True)
class _Standing:
    """What is stored of a session's own parts, by patient (key)."""

    drafts: Mapping[int, NoteDraft]
    signed: Collection[int]
    threads: Mapping[int, Collection[UUID]]


@transaction.atomic
def write_parts(session: UUID, parts: Sequence[OwnPart], *, by: Actor, at: datetime) -> dict[UUID, int]:
    """Write the parts of several people; the version of each that is stored now, by patient.

    Raises `ChangedMeanwhile` or `Cannot` as `write_own` does; then nothing of this call is kept.
    """
    found = find_session(session, by=by)
    wanted = {part.patient: part for part in parts}
    seats = {seat.patient.uid: seat for seat in seated_at(found) if seat.patient.uid in wanted}
    if len(seats) < len(wanted):
        raise Cannot("Someone in these notes is not expected at this session.")
    hidden = open_seats("note", found, list(seats.values()), by=by, at=at, verb="change")
    if hidden:
        raise CannotSee("Someone's record in these notes is guarded. Only who treats them writes about them.")
    standing = _standing(found, list(seats.values()), at=at)
    versions: dict[UUID, int] = {}
    begun: list[tuple[OwnPart, NoteDraft]] = []
    changed: list[NoteDraft] = []
    for patient, part in wanted.items():
        require_writable(found, part.text, by=by, next_step=part.next_step)
        draft = standing.drafts.get(seats[patient].patient_id)
        if not _fits(part, seats[patient].patient_id, standing):
            # It says in its own words what stands against this part.
            versions[patient] = _write_alone(session, part, by=by, at=at)
        elif _says_the_same(draft, part):
            versions[patient] = draft.version if draft else 0
        else:
            row = draft or NoteDraft(session=found, patient=seats[patient].patient, version=0)
            row.text, row.next_step, row.objective_thread = _said(part)
            row.version += 1
            row.changed_by_id, row.changed_at = by.account or 0, at
            versions[patient] = row.version
            if draft is None:
                begun.append((part, row))
            else:
                changed.append(row)
    NoteDraft.objects.bulk_update(
        changed, ["text", "next_step", "objective_thread", "version", "changed_by", "changed_at"]
    )
    _begin(session, begun, by=by, at=at)
    return versions


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
    )


def _fits(part: OwnPart, patient: int, standing: _Standing) -> bool:
    """Whether nothing stands against it: not signed, the version is the one seen, the objective their own."""
    draft = standing.drafts.get(patient)
    fresh = draft is None or draft.version == part.seen_version or _says_the_same(draft, part)
    own = part.objective_thread is None or part.objective_thread in standing.threads[patient]
    return fresh and own and patient not in standing.signed


def _says_the_same(draft: NoteDraft | None, part: OwnPart) -> bool:
    return (own_words(draft) if draft else ("", "", None)) == _said(part)


def _said(part: OwnPart) -> OwnWords:
    return (clean(part.text), clean(part.next_step), part.objective_thread)


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
        by=by,
        at=at,
    )
