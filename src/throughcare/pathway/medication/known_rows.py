"""What is asked of the records for the dues of many people: each question compiled once, however many they are."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from throughcare.knowledge.crisis.entries import DISPOSITION
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.crises import CrisisEntry
from throughcare.records.episodes import Diagnosis, Episode, Stay
from throughcare.records.medications import (
    Dose,
    Fill,
    HospitalVisit,
    InteractionAnswer,
    Medication,
    MedicationCheck,
    NaloxoneStep,
    PdmpCheck,
    Reconciliation,
)

INJECTIONS_SINCE = timedelta(days=120)
TO_HOSPITAL = [code for code, choice in DISPOSITION.items() if choice.to_hospital]
Rows = QuerySet[Any, tuple[Any, ...]]


@prepared
def in_program(keys: Keys, at: datetime) -> Rows:
    """Patient, time zone, admission and birth date of those who are in the program."""
    rows = Episode.objects.filter(patient__among=keys, ended_at__isnull=True, admitted_at__lte=at)
    return rows.values_list("patient_id", "site__time_zone", "admitted_at", "patient__birth_date")


@prepared
def versions(keys: Keys, organization: int, at: datetime) -> QuerySet[Medication]:
    """Every version of their medications, the oldest first."""
    rows = Medication.objects.filter(organization_id=organization, patient__among=keys, recorded_at__lte=at)
    return rows.order_by("version")


@prepared
def changes(keys: Keys, at: datetime) -> Rows:
    """Patient, thread and moment of each change of a medication's words."""
    rows = Medication.objects.filter(
        patient__among=keys, recorded_at__lte=at, change__in=("changed", "restarted")
    )
    return rows.order_by("version").values_list("patient_id", "thread", "recorded_at")


@prepared
def stays(keys: Keys, at: datetime) -> Rows:
    """Patient and beginning of each stay of an episode that goes on, the first first."""
    rows = Stay.objects.filter(episode__patient__among=keys, episode__ended_at__isnull=True, began_at__lte=at)
    return rows.order_by("began_at", "pk").values_list("episode__patient", "began_at")


@prepared
def hospital_visits(keys: Keys, at: datetime) -> Rows:
    """Patient, day of leaving, and when it was told."""
    rows = HospitalVisit.objects.filter(patient__among=keys, recorded_at__lte=at)
    return rows.values_list("patient_id", "left_date", "recorded_at")


@prepared
def taken_to_hospital(keys: Keys, at: datetime) -> Rows:
    """Patient and moment of each crisis that ended in one."""
    rows = CrisisEntry.objects.filter(
        crisis__patient__among=keys, kind="disposition", choice__in=TO_HOSPITAL, recorded_at__lte=at
    )
    return rows.values_list("crisis__patient", "happened_at")


@prepared
def reconciled(keys: Keys, at: datetime) -> Rows:
    """Patient, moment and day of each reconciliation, the first first."""
    rows = Reconciliation.objects.filter(patient__among=keys, recorded_at__lte=at).order_by("recorded_at")
    return rows.values_list("patient_id", "recorded_at", "local_day")


@prepared
def given(keys: Keys, since: date, at: datetime) -> Rows:
    """Patient, thread and day of each dose that staff gave since a day."""
    rows = Dose.objects.filter(
        patient__among=keys,
        status="taken",
        informant="staff",
        local_day__gte=since,
        retired_at__isnull=True,
        recorded_at__lte=at,
    )
    return rows.order_by("local_day").values_list("patient_id", "thread", "local_day")


@prepared
def fills(keys: Keys, at: datetime) -> Rows:
    """Patient, thread, day and days' supply of each fill."""
    rows = Fill.objects.filter(patient__among=keys, recorded_at__lte=at).order_by("filled_date")
    return rows.values_list("patient_id", "thread", "filled_date", "days_supply")


@prepared
def pdmp_checks(keys: Keys, at: datetime) -> Rows:
    """Patient and day of each question to the state's register."""
    rows = PdmpCheck.objects.filter(patient__among=keys, recorded_at__lte=at)
    return rows.values_list("patient_id", "checked_date")


@prepared
def checks(keys: Keys, at: datetime) -> Rows:
    """Patient, check and day."""
    rows = MedicationCheck.objects.filter(patient__among=keys, recorded_at__lte=at)
    return rows.values_list("patient_id", "code", "checked_date")


@prepared
def naloxone_steps(keys: Keys, at: datetime) -> Rows:
    """Patient, whom, step, day and expiry, the first first."""
    rows = NaloxoneStep.objects.filter(patient__among=keys, recorded_at__lte=at)
    return rows.order_by("happened_date", "pk").values_list(
        "patient_id", "whom", "step", "happened_date", "expires_date"
    )


@prepared
def diagnoses(keys: Keys) -> Rows:
    """Patient and code of each that stands."""
    rows = Diagnosis.objects.filter(episode__patient__among=keys, ended_at__isnull=True)
    return rows.values_list("episode__patient", "code")


@prepared
def answers(keys: Keys) -> Rows:
    """Patient and subject of each interaction that somebody answered."""
    return InteractionAnswer.objects.filter(patient__among=keys).values_list("patient_id", "subject")
