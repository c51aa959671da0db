"""Notes kept apart: written and read by their author alone, beside the chart and never in it.

45 CFR 164.501 (psychotherapy notes) and 42 CFR 2.11 (SUD counseling notes): they leave out medications, times,
modality, results, diagnosis, plan and progress, which belong in the chart.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy import may_access_as_author, open_as_author
from throughcare.records.notes_apart import NoteApart
from throughcare.records.people import Patient


@dataclass(frozen=True)
class NoteApartView:
    """One of the author's own notes; `corrected` when a newer one took its place."""

    uid: UUID
    kind: str
    day: date
    text: str
    written_at: datetime
    corrected: bool

    @property
    def kind_words(self) -> str:
        """What kind of note it is."""
        return KINDS[self.kind].words.removesuffix("s kept apart").capitalize()


def kinds_to_write(*, by: Actor) -> tuple[tuple[str, str], ...]:
    """The kinds of note apart that `by` may write, each with its words."""
    return tuple(
        (kind, KINDS[kind].words.capitalize()) for kind in sorted(APART) if may_access_as_author(kind, by=by)
    )


def write_note_apart(
    patient: UUID, *, kind: str, day: date, text: str, by: Actor, at: datetime, corrects: UUID | None = None
) -> UUID:
    """Write one; `corrects` names the one of one's own that it replaces."""
    if kind not in APART:
        raise Cannot("Choose what kind of note this is.", field="kind")
    found = open_as_author(patient, kind=kind, by=by, at=at, verb="change")
    if not text.strip():
        raise Cannot("Write the note.", field="text")
    if day > at.date():
        raise Cannot("The day lies ahead.", field="day")
    return NoteApart.objects.create(
        organization_id=by.organization,
        patient=found,
        kind=kind,
        author_id=_account(by),
        day=day,
        text=text.strip(),
        corrects=_own(corrects, found, by=by) if corrects else None,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def my_notes_apart(patient: UUID, *, by: Actor, at: datetime) -> tuple[NoteApartView, ...]:
    """What `by` wrote apart about this patient, the newest first. Nobody learns what others wrote, or that they did."""
    kinds = [kind for kind, _ in kinds_to_write(by=by)]
    people = [open_as_author(patient, kind=kind, by=by, at=at) for kind in kinds or sorted(APART)]
    rows = NoteApart.objects.select_related("corrected_by").filter(
        organization_id=by.organization, patient=people[0], author=_account(by)
    )
    return tuple(
        NoteApartView(row.uid, row.kind, row.day, row.text, row.recorded_at, hasattr(row, "corrected_by"))
        for row in rows.order_by("-day", "-pk")
    )


def open_to_release(
    patient: UUID, notes: Collection[UUID], *, by: Actor, at: datetime
) -> tuple[NoteApartView, ...]:
    """Notes of one's own that are to leave, the oldest first. Raises `Cannot` when two kinds are mixed."""
    if not notes:
        raise Cannot("Choose the notes.", field="notes")
    found = [one for one in my_notes_apart(patient, by=by, at=at) if one.uid in set(notes)]
    if len(found) != len(set(notes)):
        raise Absent("note")
    if any(one.corrected for one in found):
        raise Cannot("A newer note took the place of one of these. Choose that one.", field="notes")
    if len({one.kind for one in found}) > 1:
        raise Cannot(
            "Each kind of note leaves alone, under its own consent: two consents can't be combined.",
            field="notes",
        )
    return tuple(sorted(found, key=lambda one: (one.day, one.written_at)))


def _own(uid: UUID, patient: Patient, *, by: Actor) -> NoteApart:
    found = NoteApart.objects.filter(uid=uid, patient=patient, author=_account(by)).first()
    if found is None:
        raise Absent("note")
    if hasattr(found, "corrected_by"):
        raise Cannot("A newer note took the place of this one. Correct that one.")
    return found


def _account(by: Actor) -> int:
    if by.account is None:
        raise Cannot("Notes kept apart belong to someone who signs in.")
    return by.account
