"""Free words that may speak of a crisis reach a human at once: one urgent call for the same words."""

from datetime import datetime
from uuid import UUID

from throughcare.keys import mac
from throughcare.knowledge.crisis_words import crisis_words, plain
from throughcare.pathway.actor import the_program
from throughcare.pathway.crisis.raising import raise_crisis
from throughcare.records.people import Patient

PRIORITY = "P2"


def look_for_crisis(
    patient: Patient, words: str, *, where: str, source: str = "check_in", key: str = "", at: datetime
) -> UUID | None:
    """Raise what somebody wrote when it may speak of a crisis; the crisis, or None. For modules past the desk.

    Without a `key` the same words on the same day (UTC) are one crisis: on another day they are said anew.
    """
    found = crisis_words(words)
    if not found:
        return None
    mark = mac(f"{patient.uid} {at:%Y-%m-%d} {plain(words)}".encode(), use="crisis words").hex()[:32]
    return raise_crisis(
        patient,
        priority=PRIORITY,
        source=source,
        words=f"Wrote in {where}, which may speak of {' and '.join(found)}: “{words.strip()}”",
        key=key or f"words {mark}",
        by=the_program(patient.organization_id),
        at=at,
    )
