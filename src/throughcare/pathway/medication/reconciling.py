"""Going through the whole list with a person: each medication goes on, changes, stops, or isn't known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.medications.reconciling import DECISIONS, HOSPITALS, OCCASIONS, SOURCES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.medication.changing import (
    change_medication,
    check_version,
    stop_medication,
    words_of,
)
from throughcare.pathway.medication.doses import keep_fill
from throughcare.pathway.medication.versions import KIND, day_at_site, newest_of, standing
from throughcare.pathway.privacy import open_patient
from throughcare.records.medications import HospitalVisit, Medication, Reconciliation
from throughcare.records.people import Patient


@dataclass(frozen=True)
class Decision:
    """What was decided of one medication, seen at `version`. `dose` is the new one of a change."""

    thread: UUID
    version: int
    decision: str
    source: str
    prescriber: str = ""
    dose: str = ""
    because: str = ""
    filled: date | None = None
    days_supply: int | None = None


@transaction.atomic
def reconcile(
    patient: UUID,
    decisions: Sequence[Decision],
    *,
    occasion: str,
    words: str = "",
    key: UUID,
    by: Actor,
    at: datetime,
) -> UUID:
    """Go through the list: one decision for each medication on it, all of them or none. The same form counts once.

    Raises `ChangedMeanwhile` when something on the list changed since it was read.
    """
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    if by.patient == found.pk:
        raise Cannot(_("Your nurse goes through the list with you."))
    Patient.objects.select_for_update(no_key=True).get(pk=found.pk)
    before = Reconciliation.objects.filter(organization_id=by.organization, key=key).first()
    if before is not None:
        return before.uid
    if occasion not in OCCASIONS:
        raise Cannot("Choose why the list is gone through now.", field="occasion")
    rows = {row.thread: row for row in standing(_list(found, at=at))}
    _check_whole(rows, decisions)
    for one in decisions:
        _apply(found, rows[one.thread], one, key=key, by=by, at=at)
    return Reconciliation.objects.create(
        organization_id=by.organization,
        patient=found,
        key=key,
        occasion=occasion,
        local_day=day_at_site(found.pk, by=by, at=at),
        lines=[_line(rows[one.thread], one) for one in decisions],
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def record_hospital_visit(
    patient: UUID, *, kind: str, left: date, place: str = "", words: str = "", by: Actor, at: datetime
) -> UUID:
    """Record that a person was in an emergency department or hospital; their list is gone through anew after it."""
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    if by.patient == found.pk:
        raise Cannot(_("Tell us at the program. We write it down with you."))
    if kind not in HOSPITALS:
        raise Cannot("Choose where they were.", field="kind")
    if left > day_at_site(found.pk, by=by, at=at):
        raise Cannot("Give the day on which they left.", field="left")
    return HospitalVisit.objects.create(
        organization_id=by.organization,
        patient=found,
        kind=kind,
        left_date=left,
        place=place.strip(),
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def _list(patient: Patient, *, at: datetime) -> tuple[Medication, ...]:
    return newest_of([patient.pk], organization=patient.organization_id, at=at).get(patient.pk, ())


def _check_whole(rows: dict[UUID, Medication], decisions: Sequence[Decision]) -> None:
    said = [one.thread for one in decisions]
    if len(said) != len(set(said)):
        raise Cannot("Decide once for each medication.")
    for one in decisions:
        if one.thread not in rows:
            raise Cannot("The list changed meanwhile. Look at it again.")
        check_version(rows[one.thread], one.version)
        if one.decision not in DECISIONS:
            raise Cannot(f"Say what happens with {rows[one.thread].name}.", field="decision")
        if one.source not in SOURCES:
            raise Cannot(f"Say from whom you know of {rows[one.thread].name}.", field="source")
    left_out = [row.name for thread, row in rows.items() if thread not in said]
    if left_out:
        raise Cannot(f"Say what happens with {' and '.join(left_out)}.")


def _apply(patient: Patient, row: Medication, one: Decision, *, key: UUID, by: Actor, at: datetime) -> None:
    own_key = uuid5(key, str(row.thread))
    if one.decision == "change":
        if not one.dose.strip():
            raise Cannot(f"Write the new dose of {row.name}.", field="dose")
        new = replace(
            words_of(row), dose=one.dose, source=one.source, prescriber=one.prescriber or row.prescriber
        )
        because = one.because or "Found when the list was gone through"
        change_medication(
            row.thread,
            replace(new, prescribed_here=row.prescribed_here and by.holds("prescriber")),
            version=row.version,
            key=own_key,
            because=because,
            answer=one.because,
            by=by,
            at=at,
        )
    elif one.decision == "stop":
        stop_medication(
            row.thread,
            version=row.version,
            stopped=day_at_site(patient.pk, by=by, at=at),
            because=one.because or "Found when the list was gone through",
            key=own_key,
            by=by,
            at=at,
        )
    if one.filled and one.days_supply:
        keep_fill(
            patient, row, filled=one.filled, days_supply=one.days_supply, source=one.source, by=by, at=at
        )


def _line(row: Medication, one: Decision) -> dict[str, object]:
    return {
        "thread": str(one.thread),
        "version": one.version,
        "name": row.name,
        "decision": one.decision,
        "source": one.source,
        "prescriber": one.prescriber or row.prescriber,
        "filled": one.filled.isoformat() if one.filled else None,
        "days_supply": one.days_supply,
    }
