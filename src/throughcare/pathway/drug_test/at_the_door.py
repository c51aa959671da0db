"""The breath test at the door: measured after the wait, and worked through when it is above zero."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.drug_tests.at_the_door import (
    HIGHEST,
    STEPS,
    Step,
    is_clear,
    may_join_group,
    may_measure,
    steps_left,
)
from throughcare.knowledge.verdict import Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.drug_test.ordering import KIND
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.medication.snapshot import snapshot_of
from throughcare.pathway.privacy import may_access, open_list, open_patient
from throughcare.pathway.program_settings import number
from throughcare.pathway.rows import only_row
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment
from throughcare.records.tests import BreathTest

# A reading counts for what begins within so long after it. [ours]
COUNTS_FOR = timedelta(hours=4)


@dataclass(frozen=True)
class DoorReading:
    """A reading and what it means at this door; `left` is what is still to be done."""

    uid: UUID
    patient: UUID
    taken_at: datetime
    reading: Decimal
    verdict: Verdict
    left: tuple[Step, ...]
    takes_disulfiram: bool = False  # looked up only above zero


@transaction.atomic
def record_breath(
    patient: UUID, reading: Decimal, *, waited_minutes: int, words: str = "", by: Actor, at: datetime
) -> DoorReading:
    """Record a breath test (g per 210 L) of this moment, for the session that the person comes to, if there is one."""
    found = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    zone = zone_of(found)
    least = number("drug_test.breath_wait_minutes", organization=by.organization, on=local_day(at, zone))
    verdict = may_measure(waited_minutes=waited_minutes, least=least)
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, field="waited_minutes")
    if not 0 <= reading <= HIGHEST:
        raise Cannot(f"Enter a reading from 0 to {HIGHEST:.2f}.", field="reading")
    seat = only_row(
        Appointment.objects.filter(
            organization_id=by.organization,
            patient=found,
            released_at__isnull=True,
            session__cancelled_at__isnull=True,
            session__ends_at__gt=at,
            session__starts_at__lte=at + COUNTS_FOR,
        ).order_by("session__starts_at")
    )
    made = BreathTest.objects.create(
        organization_id=by.organization,
        patient=found,
        session_id=seat.session_id if seat else None,
        taken_at=at,
        waited_minutes=waited_minutes,
        reading=reading,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return _reading(made, found)


@transaction.atomic
def record_steps(breath: UUID, steps: Collection[str], *, by: Actor, at: datetime) -> DoorReading:
    """Write down what was done after a reading above zero; what is done stays done."""
    found = only_row(
        BreathTest.objects.select_for_update(of=("self",))
        .select_related("patient")
        .filter(organization_id=by.organization, uid=breath)
    )
    if found is None:
        raise Absent("breath test")
    open_patient(found.patient, kind=KIND, by=by, at=at, verb="change")
    if is_clear(found.reading):
        raise Cannot("The reading was 0.00: nothing is to be done.")
    known = [step.code for step in STEPS]
    if not set(steps) <= set(known):
        raise Cannot("Choose from the list.", field="steps")
    found.steps = [code for code in known if code in {*found.steps, *steps}]
    found.save(update_fields=["steps"])
    return _reading(found, found.patient)


def door_reading(breath: UUID, *, by: Actor, at: datetime) -> DoorReading:
    """One reading with what is left to do."""
    found = only_row(
        BreathTest.objects.select_related("patient").filter(organization_id=by.organization, uid=breath)
    )
    if found is None:
        raise Absent("breath test")
    open_patient(found.patient, kind=KIND, by=by, at=at)
    return _reading(found, found.patient)


def may_attend(patients: Collection[int], *, at: datetime) -> dict[int, Refused]:
    """Who of these people (keys) may not join a group now, by the last breath test of the last hours; one query.

    For pathway modules past the desk.
    """
    rows = BreathTest.objects.filter(patient__in=patients, taken_at__range=(at - COUNTS_FOR, at))
    newest = {row.patient_id: row for row in rows.order_by("taken_at", "pk")}
    verdicts = {key: may_join_group(row.reading) for key, row in newest.items()}
    return {key: verdict for key, verdict in verdicts.items() if isinstance(verdict, Refused)}


def came_to_the_door(session: int, patients: Collection[int]) -> dict[int, datetime]:
    """When these people (keys) were first measured for a session (key): they came, whatever the reading; one query.

    For pathway modules past the desk.
    """
    rows = BreathTest.objects.filter(session=session, patient__in=patients).order_by("-taken_at", "-pk")
    return dict(rows.values_list("patient", "taken_at"))


def stopped_at_the_door(patients: Collection[int], *, by: Actor, at: datetime) -> dict[int, Refused]:
    """The same for who may see tests; a person who is stopped is written in the book."""
    if not may_access(KIND, by=by):
        return {}
    stopped = may_attend(patients, at=at)
    if stopped:
        open_list(KIND, sorted(stopped), by=by, at=at)
    return stopped


def _reading(row: BreathTest, patient: Patient) -> DoorReading:
    verdict = may_join_group(row.reading)
    if verdict:
        return DoorReading(row.uid, patient.uid, row.taken_at, row.reading, verdict, ())
    taken = snapshot_of([patient.pk], organization=row.organization_id, at=row.taken_at)
    on_disulfiram = any(one.ingredient == "disulfiram" for one in taken.get(patient.pk, ()))
    left = steps_left(row.steps)
    return DoorReading(row.uid, patient.uid, row.taken_at, row.reading, verdict, left, on_disulfiram)
