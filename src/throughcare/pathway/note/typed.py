"""A note that is typed and signed at once, without a draft in between."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.note.drafts import require_writable
from throughcare.pathway.note.gates import Draft
from throughcare.pathway.note.own_part import OwnPart, clean, columns_of, require_sayable
from throughcare.records.notes import NoteDraft, SharedDraft


@dataclass(frozen=True)
class TypedNote:
    """A whole note as typed: the part that all share, where there is one, and each person's own."""

    parts: Sequence[OwnPart]
    topic: str = ""
    text: str = ""


def as_typed(draft: Draft, typed: TypedNote, *, by: Actor, at: datetime) -> Draft:
    """The gathered note with the typed words in it; nothing is stored. Raises `Cannot` where a draft stands already."""
    if draft.shared is not None or any(seat.draft or seat.note for seat in draft.seats):
        raise Cannot("Someone has begun this note. Open it, and sign it there.")
    parts = {part.patient: part for part in typed.parts}
    if parts.keys() - {seat.seat.patient.uid for seat in draft.seats}:
        raise Cannot("Someone in these notes is not expected at this session.")
    require_writable(draft.session, typed.text, by=by)
    said = {"session": draft.session, "changed_by_id": by.account or 0, "changed_at": at}
    seats = []
    for seat in draft.seats:
        part = parts.get(seat.seat.patient.uid)
        if part is not None:
            require_sayable(draft.session, part)
            own = NoteDraft(patient_id=seat.seat.patient_id, **columns_of(part), **said)
            seat = replace(seat, draft=own)
        seats.append(seat)
    shared = (
        SharedDraft(topic=clean(typed.topic)[:200], text=clean(typed.text), **said) if typed.text else None
    )
    return replace(draft, shared=shared, seats=tuple(seats))
