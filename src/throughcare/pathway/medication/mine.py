"""A person's own page: what they take, why in plain words, when; the next injection or refill; taken or missed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.medications.library import find
from throughcare.knowledge.medications.schedules import ALL as SCHEDULES
from throughcare.pathway.actor import Actor
from throughcare.pathway.medication.dues import dues_of
from throughcare.pathway.medication.listing import ListedAllergy, allergies_of, say_how
from throughcare.pathway.medication.versions import KIND, day_at_site, in_force, newest_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.program_settings import number
from throughcare.records.medications import Dose, Medication, NaloxoneStep
from throughcare.records.people import Patient


@dataclass(frozen=True)
class MyDay:
    """A day that the person may tell of; `status` empty: nothing told."""

    day: date
    status: str


@dataclass(frozen=True)
class MyMedication:
    """One of a person's own medications, in plain words. `days` is empty where there is nothing to tell."""

    thread: UUID
    name: str
    dose: str
    how: str
    why: str
    prescriber: str
    warnings: tuple[str, ...]
    today: MyDay | None
    days: tuple[MyDay, ...]
    injection: date | None
    refill: date | None


@dataclass(frozen=True)
class MyMedications:
    """A person's own page; `naloxone_until` is when what they have at home expires."""

    patient: UUID
    today: date
    lines: tuple[MyMedication, ...]
    allergies: tuple[ListedAllergy, ...]
    wants_naloxone: bool
    naloxone_until: date | None
    may_tell: bool


def my_medications(*, by: Actor, at: datetime) -> MyMedications:
    """The actor's own medications; `may_tell` only while in the program. Raises `Absent` for anyone else."""
    return plain_medications(own_patient(by=by), by=by, at=at)


def plain_medications(patient: UUID, *, by: Actor, at: datetime) -> MyMedications:
    """A person's medications in the words that they read themself, for who may see them."""
    found = open_patient(patient, kind=KIND, by=by, at=at)
    today = day_at_site(found.pk, by=by, at=at)
    rows = newest_of([found.pk], organization=found.organization_id, at=at).get(found.pk, ())
    dues = dues_of([found.pk], organization=found.organization_id, at=at).get(found.pk)
    days = {(one.due.what, one.due.about): one.due.due_date for one in (dues.dues if dues else ())}
    said = _said(found, by=by, at=at)
    back = int(number("medication.tell_back_days", organization=by.organization, on=today))
    until = _naloxone_until(found, at=at)
    return MyMedications(
        patient=found.uid,
        today=today,
        lines=tuple(_line(row, today, back, said, days) for row in in_force(rows, on=today)),
        allergies=tuple(one for one in allergies_of(found, at=at) if one.substance),
        wants_naloxone=bool(dues and dues.naloxone) and until is None,
        naloxone_until=until,
        may_tell=by.holds("patient"),
    )


def _line(
    row: Medication,
    today: date,
    back: int,
    said: dict[tuple[UUID, date], str],
    due: dict[tuple[str, str], date],
) -> MyMedication:
    drug = find(row.code)
    days = []
    if row.route != "injection" and SCHEDULES[row.schedule].is_daily:
        every = (today - timedelta(days=n) for n in range(back + 1))
        days = [
            MyDay(day, said.get((row.thread, day), ""))
            for day in every
            if row.began_date is None or day >= row.began_date
        ]
    return MyMedication(
        thread=row.thread,
        name=row.name,
        dose=row.dose,
        how=say_how(row),
        why=row.purpose or (drug.why if drug else ""),
        prescriber=row.prescriber,
        warnings=drug.warnings if drug else (),
        today=days[0] if days else None,
        days=tuple(days[1:]),
        injection=due.get(("injection", str(row.thread))),
        refill=due.get(("refill", str(row.thread))),
    )


def _said(patient: Patient, *, by: Actor, at: datetime) -> dict[tuple[UUID, date], str]:
    """What the person said themself, and what a nurse saw, which counts more."""
    rows = Dose.objects.filter(patient=patient, retired_at__isnull=True, recorded_at__lte=at)
    rows = rows.filter(informant__in=("patient", "staff"), local_day__gte=at.date() - timedelta(days=40))
    found: dict[tuple[UUID, date], str] = {}
    for thread, day, status in rows.order_by("informant").values_list("thread", "local_day", "status"):
        found[thread, day] = status
    return found


def _naloxone_until(patient: Patient, *, at: datetime) -> date | None:
    rows = NaloxoneStep.objects.filter(patient=patient, whom="person", recorded_at__lte=at)
    last = rows.exclude(step__in=("offered", "declined", "shown")).order_by("happened_date", "pk").last()
    return last.expires_date if last and last.step == "given" else None
