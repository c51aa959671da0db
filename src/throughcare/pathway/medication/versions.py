"""A person's medications as rows: the newest version of each, and which of them are in force."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.medications.interactions import Taken
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.medication.known_rows import versions as every_version
from throughcare.pathway.privacy import open_patient
from throughcare.records.among import Keys
from throughcare.records.episodes import Episode
from throughcare.records.medications import Medication
from throughcare.records.people import Patient

KIND = "medication"


def newest_of(
    patients: Collection[int], *, organization: int, at: datetime
) -> dict[int, tuple[Medication, ...]]:
    """The newest version of each medication as known at a moment, by patient (key), in one query.

    For pathway modules that passed the desk.
    """
    newest = {row.thread: row for row in every_version(Keys(patients), organization, at)}
    found: dict[int, list[Medication]] = defaultdict(list)
    for row in newest.values():
        found[row.patient_id].append(row)
    return {key: tuple(sorted(rows, key=_by_name)) for key, rows in found.items()}


def in_force(rows: Iterable[Medication], *, on: date) -> tuple[Medication, ...]:
    """Those taken on a day: begun (or without a known beginning), and not stopped."""
    return tuple(
        row for row in rows if row.change != "stopped" and (row.began_date is None or row.began_date <= on)
    )


def standing(rows: Iterable[Medication]) -> tuple[Medication, ...]:
    """Those on the list: in force, or to begin."""
    return tuple(row for row in rows if row.change != "stopped")


def taken_of(rows: Iterable[Medication]) -> tuple[Taken, ...]:
    """The same as knowledge weighs them against each other."""
    return tuple(Taken(str(row.thread), row.version, row.code, row.name) for row in rows)


def open_medication(
    thread: UUID, *, by: Actor, at: datetime, verb: str = "see"
) -> tuple[Patient, Medication]:
    """The patient and the newest version of one medication. Raises `Absent` and what the desk raises."""
    rows = Medication.objects.select_related("patient", "recorded_by")
    row = rows.filter(organization_id=by.organization, thread=thread).order_by("-version").first()
    if row is None:
        raise Absent("medication")
    patient = open_patient(row.patient, kind=KIND, by=by, at=at, verb=verb)
    return patient, row


def day_at_site(patient: int, *, by: Actor, at: datetime) -> date:
    """The day it is where the person (key) is treated."""
    zones = Episode.objects.filter(patient=patient).order_by("-admitted_at", "-pk")
    return local_day(at, zones.values_list("site__time_zone", flat=True).first() or by.time_zone)


def _by_name(row: Medication) -> tuple[str, int]:
    return row.name.lower(), row.pk
