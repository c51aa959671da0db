"""The list of medications as it is read aloud or printed for an emergency: what, how much, since when, from whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.medications.drug import ROUTES
from throughcare.knowledge.medications.library import find
from throughcare.knowledge.medications.reconciling import SOURCES
from throughcare.knowledge.medications.schedules import ALL as SCHEDULES
from throughcare.pathway.actor import Actor
from throughcare.pathway.medication.versions import KIND, day_at_site, in_force, newest_of
from throughcare.pathway.privacy import open_patient
from throughcare.records.medications import Allergy, Dose, Medication, Reconciliation
from throughcare.records.people import Patient


@dataclass(frozen=True)
class ListedMedication:
    """One medication in words. `last_dose` is the last day on which it is known to have been taken."""

    thread: UUID
    name: str
    dose: str
    how: str
    prescriber: str
    source: str
    since: date | None
    last_dose: date | None
    warnings: tuple[str, ...]

    @property
    def words(self) -> str:
        """The whole on one line."""
        since = f"since {self.since:%B} {self.since.day}, {self.since.year}" if self.since else ""
        last = f"last known dose {self.last_dose:%B} {self.last_dose.day}" if self.last_dose else ""
        who = f"prescribed by {self.prescriber}" if self.prescriber else ""
        return ", ".join(
            part for part in (f"{self.name} {self.dose}".strip(), self.how, since, last, who) if part
        )


@dataclass(frozen=True)
class ListedAllergy:
    """One allergy; `uid` is its row's."""

    uid: UUID
    substance: str
    reaction: str
    severity: str

    @property
    def words(self) -> str:
        """The whole on one line."""
        return ", ".join(part for part in (self.substance, self.reaction, self.severity) if part)


@dataclass(frozen=True)
class MedicationList:
    """What a person takes, and what they must not get. `no_known_allergies`: they were asked, and know of none.

    `reconciled_date` is the day on which somebody last went through the list with them.
    """

    patient: UUID
    name: str
    birth_date: date | None
    as_of: datetime
    rows: tuple[ListedMedication, ...]
    allergies: tuple[ListedAllergy, ...]
    no_known_allergies: bool
    reconciled_date: date | None


def medication_list_of(
    patient: UUID | Patient, *, by: Actor, at: datetime, verb: str = "see", purpose: str = ""
) -> MedicationList:
    """The list in force now, through the desk, in five queries at most. Raises what `open_patient` does."""
    found = open_patient(patient, kind=KIND, by=by, at=at, verb=verb, purpose=purpose)
    return list_of_opened(found, on=day_at_site(found.pk, by=by, at=at), at=at)


def list_of_opened(patient: Patient, *, on: date, at: datetime) -> MedicationList:
    """The same for a record that has passed the desk already; `on` is the day at the site."""
    rows = newest_of([patient.pk], organization=patient.organization_id, at=at).get(patient.pk, ())
    known = allergies_of(patient, at=at)
    return MedicationList(
        patient=patient.uid,
        name=patient.called,
        birth_date=patient.birth_date,
        as_of=at,
        rows=_lines(patient, in_force(rows, on=on), at=at),
        allergies=tuple(one for one in known if one.substance),
        no_known_allergies=bool(known) and not any(one.substance for one in known),
        reconciled_date=_reconciled(patient, at=at),
    )


def allergies_of(patient: Patient, *, at: datetime) -> tuple[ListedAllergy, ...]:
    """The allergies that stand, worst first; one without a substance says that none is known."""
    rows = Allergy.objects.filter(patient=patient, recorded_at__lte=at).exclude(ended_at__lte=at)
    worst = ("severe", "moderate", "mild", "")
    listed = [ListedAllergy(row.uid, row.substance, row.reaction, row.severity) for row in rows]
    return tuple(sorted(listed, key=lambda one: (worst.index(one.severity), one.substance.lower())))


def say_how(row: Medication) -> str:
    """Route and rhythm in words."""
    schedule = SCHEDULES.get(row.schedule)
    return ", ".join(part for part in (ROUTES.get(row.route, ""), schedule.words if schedule else "") if part)


def _lines(patient: Patient, rows: Iterable[Medication], *, at: datetime) -> tuple[ListedMedication, ...]:
    known = list(rows)
    doses = Dose.objects.filter(
        patient=patient,
        thread__in=[row.thread for row in known],
        status="taken",
        retired_at__isnull=True,
        recorded_at__lte=at,
    ).order_by("local_day")
    last = dict(doses.values_list("thread", "local_day"))
    return tuple(
        ListedMedication(
            thread=row.thread,
            name=row.name,
            dose=row.dose,
            how=say_how(row),
            prescriber=row.prescriber,
            source=SOURCES.get(row.source, row.source),
            since=row.began_date,
            last_dose=last.get(row.thread),
            warnings=drug.warnings if (drug := find(row.code)) else (),
        )
        for row in known
    )


def _reconciled(patient: Patient, *, at: datetime) -> date | None:
    rows = Reconciliation.objects.filter(patient=patient, recorded_at__lte=at).order_by("-recorded_at", "-pk")
    return rows.values_list("local_day", flat=True).first()
