"""Guarded records: a colleague's, or one marked for extra privacy. They open to those near, or behind broken glass."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.privacy.relationships import ALL as RELATIONSHIPS
from throughcare.pathway.actor import Actor, Asked
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy.book import note
from throughcare.pathway.privacy.desk import meet, open_list
from throughcare.pathway.privacy.notices import give_notice
from throughcare.pathway.privacy.standing import Standing, standing_of, standing_rows
from throughcare.records.consents import Guard
from throughcare.records.people import Patient

MAY_GUARD = frozenset({"director", "compliance", "clinician"})
COLLEAGUE, EXTRA = "colleague", "extra_privacy"
WHY = {COLLEAGUE: "Works here", EXTRA: "Marked for extra privacy"}
HIDDEN = "Guarded record"


@dataclass(frozen=True)
class GuardView:
    """A guard on a record: why, since when, by whom (empty: the program), and whether the actor may lift it."""

    patient: UUID
    patient_name: str
    why: str
    words: str
    since: datetime
    by: str
    may_lift: bool


@transaction.atomic
def guard_record(patient: UUID, *, text: str, by: Actor, at: datetime) -> None:
    """Mark a record for extra privacy."""
    if not by.holds(*MAY_GUARD):
        raise CannotSee(
            "A record is guarded by a clinician, the clinical director or the compliance officer."
        )
    found, standing = _meet(patient, by=by, at=at)
    _note(found, standing, by=by, at=at)
    if standing.guarded:
        raise Cannot("This record is guarded already.")
    if not text.strip():
        raise Cannot("Write why this record needs extra privacy.", field="text")
    put_guard(found, EXTRA, text=text.strip(), by=by, at=at)


@transaction.atomic
def lift_guard(patient: UUID, *, by: Actor, at: datetime) -> None:
    """Take a guard off: a colleague's only the director, one marked by a person whoever may mark."""
    found, standing = _meet(patient, by=by, at=at)
    _note(found, standing, by=by, at=at)
    guard = Guard.objects.select_for_update().filter(patient=found, ended_at__isnull=True).first()
    if guard is None:
        raise Cannot("This record isn't guarded.")
    if not _may_lift(guard.why, by):
        raise CannotSee("Ask the clinical director to lift this guard.")
    guard.ended_at = at
    guard.save(update_fields=["ended_at"])
    give_notice(
        "guarded",
        f"{by.name} lifted the guard from the record of {found.called}.",
        organization=by.organization,
        patient=found.pk,
        account=by.account,
        at=at,
    )


def guard_of(patient: UUID, *, by: Actor, at: datetime) -> GuardView | None:
    """The guard on a record, for those who may set one."""
    if not by.holds(*MAY_GUARD):
        raise CannotSee("Guards are seen by clinicians, the clinical director and the compliance officer.")
    found, standing = _meet(patient, by=by, at=at)
    _note(found, standing, by=by, at=at)
    guard = Guard.objects.select_related("recorded_by").filter(patient=found, ended_at__isnull=True).first()
    if guard is None:
        return None
    return GuardView(
        patient=found.uid,
        patient_name=found.called,
        why=WHY[guard.why],
        words=guard.text,
        since=guard.recorded_at,
        by=guard.recorded_by.name if guard.recorded_by else "",
        may_lift=_may_lift(guard.why, by),
    )


def put_guard(patient: Patient, why: str, *, text: str, by: Actor, at: datetime) -> None:
    """Guard a record unless it is guarded. For pathway modules that passed the desk."""
    if Guard.objects.filter(patient=patient, ended_at__isnull=True).exists():
        return
    Guard.objects.create(
        organization_id=patient.organization_id,
        patient=patient,
        why=why,
        text=text,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def hidden_from(patients: Collection[int], *, by: Actor, at: datetime) -> frozenset[int]:
    """Whose names (by key) a list must not show to `by`: guarded, and not near. One query while nobody is guarded."""
    if by.holds("program"):
        return frozenset()
    guarded = {guard.patient_id for guard in _guards(by.organization)} & set(patients)
    if not guarded:
        return frozenset()
    rows = standing_rows(by=by, at=at).filter(pk__in=guarded)
    return frozenset(row.pk for row in rows if not _is_open(standing_of(row, by=by)))


@prepared
def _guards(organization: int) -> QuerySet[Guard]:
    return Guard.objects.filter(organization=organization, ended_at__isnull=True)


def open_roster(
    kind: str, patients: Sequence[int], *, by: Actor, at: datetime, verb: str = "see"
) -> frozenset[int]:
    """Open a page with these patients (keys) as `open_list` does; answers whom of them it must not name.

    Those stay out of the book's row, because the page shows nothing of them.
    """
    hidden = hidden_from(patients, by=by, at=at)
    open_list(kind, [key for key in patients if key not in hidden], by=by, at=at, verb=verb)
    return hidden


def _is_open(standing: Standing) -> bool:
    known = RELATIONSHIPS.get(standing.relationship)
    return standing.glass_broken or (known is not None and (known.near or not known.staff))


def _may_lift(why: str, by: Actor) -> bool:
    return by.holds("director") or (why == EXTRA and by.holds(*MAY_GUARD))


def _meet(patient: UUID, *, by: Actor, at: datetime) -> tuple[Patient, Standing]:
    found, standing = meet(patient, by=by, at=at)
    known = RELATIONSHIPS.get(standing.relationship)
    if known is None or not known.staff or standing.relationship == "other_site":
        raise Absent("patient")
    return found, standing


def _note(found: Patient, standing: Standing, *, by: Actor, at: datetime) -> None:
    """What is asked about a guard stands in the book, also when the record itself stays shut."""
    asked = Asked(
        by.account, "see", "identity", "operations", standing.relationship, True, None, (found.pk,), at
    )
    note(asked, by=by)
