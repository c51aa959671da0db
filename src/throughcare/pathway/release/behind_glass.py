"""What an emergency opens of a guarded record, gathered for whoever broke the glass."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import IN_EMERGENCY
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee
from throughcare.pathway.privacy.desk import find_patient
from throughcare.pathway.privacy.emergency import EmergencyView
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.items import GATHERED, gather_items, whose_record

# What helps first in an emergency comes first.
FIRST = ("identity", "diagnosis", "assessment", "measure")


@dataclass(frozen=True)
class Chapter:
    """The items of one kind of record."""

    kind: str
    title: str
    items: tuple[Item, ...]


def record_behind_glass(emergency: EmergencyView, *, by: Actor, at: datetime) -> tuple[Chapter, ...]:
    """The record as far as the emergency opens it now; read through the desk, kind by kind.

    Raises `CannotSee` when its hours are over.
    """
    if not emergency.is_open:
        raise CannotSee("The hours of this emergency are over.")
    return tuple(_chapters(emergency.patient, by=by, at=at))


def _chapters(patient: UUID, *, by: Actor, at: datetime) -> Iterable[Chapter]:
    whose = whose_record(find_patient(patient, by=by), as_of=at)
    kinds = [kind for kind in GATHERED if kind in IN_EMERGENCY]
    found = gather_items(whose, kinds, by=by, at=at)
    for kind in sorted(kinds, key=lambda kind: FIRST.index(kind) if kind in FIRST else len(FIRST)):
        if found.get(kind):
            yield Chapter(kind, KINDS[kind].words.capitalize(), found[kind])
