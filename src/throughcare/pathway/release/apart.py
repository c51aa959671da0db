"""Notes kept apart leave by their author's hand alone: 42 CFR 2.31(b), 45 CFR 164.508(a)(2)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.note.notes_apart import open_to_release
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.pathway.release.packet import prepare_telling
from throughcare.pathway.release.paper import Wording


@transaction.atomic
def prepare_notes_apart(
    patient: UUID,
    notes: Collection[UUID],
    *,
    to: To,
    purpose: str,
    method: str,
    by: Actor,
    at: datetime,
    contact: str = "",
) -> UUID:
    """Prepare notes of one's own for whom the patient named in a consent for just these; nothing else goes along.

    Raises `Cannot` without such a consent, and `Absent` for notes of others.
    """
    found = open_to_release(patient, notes, by=by, at=at)
    if method == "spoken":
        raise Cannot("These notes leave on paper, or not at all.", field="method")
    items = tuple(
        Item(
            one.kind,
            f"Note of {one.day:%B} {one.day.day}, {one.day.year}",
            one.day,
            tuple(one.text.splitlines()),
        )
        for one in found
    )
    title = KINDS[found[0].kind].words.capitalize()
    return prepare_telling(
        patient, Telling(to, purpose, method, items), Wording(title, contact), by=by, at=at
    )
