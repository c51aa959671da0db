"""Several people's parts of a session's note written at once, in a number of queries that doesn't grow with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.note_drafts import clean, write_own
from throughcare.pathway.plans_in_force import objectives_in_force
from throughcare.pathway.privacy import open_list
from throughcare.pathway.session_rows import find_session, keys, seated_at
from throughcare.records.notes import Note, NoteDraft


@dataclass(frozen=True)
class OwnPart:
    """One person's part: their own paragraph and which of their objectives it is about."""

    patient: UUID
    text: str
    objective_thread: UUID | None
    seen_version: int = 0


@transaction.atomic
def write_parts(session: UUID, parts: Sequence[OwnPart], *, by: Actor, at: datetime) -> None:
    """Write the parts of several people. First drafts are made at once; a part written before goes one by one.

    Raises `ChangedMeanwhile` or `Cannot` as `write_own` does; then nothing of this call is kept.
    """
    found = find_session(session, by=by)
    wanted = {part.patient: part for part in parts}
    seats = [seat for seat in seated_at(found) if seat.patient.uid in wanted]
    if len(seats) < len(wanted):
        raise Cannot("Someone in these notes is not expected at this session.")
    open_list("note", keys(seats), by=by, at=at, verb="change")
    choices = objectives_in_force([seat.episode_id for seat in seats if seat.episode_id], at=at)
    begun = set(NoteDraft.objects.filter(session=found).values_list("patient", flat=True))
    begun |= set(Note.objects.filter(session=found).values_list("patient", flat=True))
    fresh = []
    for seat in seats:
        part = wanted[seat.patient.uid]
        own = {choice.thread for choice in choices.get(seat.episode_id or 0, ())}
        if seat.patient_id in begun or (part.objective_thread and part.objective_thread not in own):
            write_own(
                session,
                part.patient,
                text=part.text,
                objective_thread=part.objective_thread,
                seen_version=part.seen_version,
                by=by,
                at=at,
            )
        else:
            fresh.append(
                NoteDraft(
                    session=found,
                    patient=seat.patient,
                    text=clean(part.text),
                    objective_thread=part.objective_thread,
                    changed_by_id=by.account or 0,
                    changed_at=at,
                )
            )
    NoteDraft.objects.bulk_create(fresh)
