"""The last drinking that is known of people who take disulfiram: told, tested, or breathed at the door."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.drug_tests.analytes import ALCOHOL_LATELY
from throughcare.knowledge.drug_tests.at_the_door import is_clear
from throughcare.knowledge.drug_tests.substances import find_substance
from throughcare.knowledge.medications.interactions import DISULFIRAM_DAYS, Drank, Interaction, interactions
from throughcare.pathway.daily_check_in.facts import disclosed_use_of
from throughcare.pathway.medication.facts import HERE, zones_of
from throughcare.pathway.medication.versions import taken_of
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.medications import Medication
from throughcare.records.people import Patient
from throughcare.records.tests import BreathTest, Specimen, SpecimenResult

# A day more than the rule looks back, so that no time zone takes one away.
LOOKED_BACK = timedelta(days=DISULFIRAM_DAYS + 1)
Found = tuple[int, Drank]


def weighed(patient: Patient, rows: Sequence[Medication], *, at: datetime) -> tuple[Interaction, ...]:
    """What doesn't go together in this list of one person, their drinking included. For modules past the desk."""
    drank = drank_of([patient.pk], at=at).get(patient.pk) if reacts(rows) else None
    zone = zones_of([patient.pk]).get(patient.pk, HERE) if drank else HERE
    return interactions(taken_of(rows), drank=drank, today=local_day(at, zone))


def reacts(rows: Sequence[Medication]) -> bool:
    """Whether disulfiram is on the list, so that drinking is to be looked up."""
    return any(one.is_drug("disulfiram") for one in taken_of(rows))


def drank_of(patients: Sequence[int], *, at: datetime) -> dict[int, Drank]:
    """The last drinking of the past two weeks, by patient (key), in five queries. For modules past the desk."""
    zones = zones_of(patients)
    since = at - LOOKED_BACK
    found: dict[int, Drank] = {}
    for source in (_told_in_check_ins, _told_before_tests, _found_by_tests, _breathed):
        for patient, drank in source(patients, zones, since, at):
            known = found.get(patient)
            if known is None or known.on < drank.on:
                found[patient] = drank
    return found


Zones = dict[int, str]


def _told_in_check_ins(
    patients: Sequence[int], zones: Zones, since: datetime, at: datetime
) -> Iterator[Found]:
    for patient, uses in disclosed_use_of(patients, since=since, at=at).items():
        for use in uses:
            if use.substance == "alcohol":
                day = local_day(use.last_used_at, zones.get(patient, HERE))
                yield patient, Drank(day, f"They told of drinking in their check-in of {_say(day)}.")


def _told_before_tests(
    patients: Sequence[int], zones: Zones, since: datetime, at: datetime
) -> Iterator[Found]:
    for patient, told, collected in _disclosures(Keys(patients), since, at):
        for one in told:
            substance = find_substance(one["substance"])
            if substance is not None and substance.code == "alcohol":
                kept = one.get("last_on")
                day = date.fromisoformat(kept) if kept else local_day(collected, zones.get(patient, HERE))
                yield patient, Drank(day, f"They told of drinking, last on {_say(day)} or before.")


def _found_by_tests(patients: Sequence[int], zones: Zones, since: datetime, at: datetime) -> Iterator[Found]:
    for patient, meaning, collected in _results(Keys(patients), since, at):
        classes = meaning["classes"]
        if any(classes.get(code) == "unexpected-pos" for code in ALCOHOL_LATELY):
            day = local_day(collected, zones.get(patient, HERE))
            yield patient, Drank(day, f"The test of {_say(day)} shows alcohol.")


def _breathed(patients: Sequence[int], zones: Zones, since: datetime, at: datetime) -> Iterator[Found]:
    for patient, reading, taken in _breaths(Keys(patients), since, at):
        if not is_clear(reading):
            day = local_day(taken, zones.get(patient, HERE))
            yield patient, Drank(day, f"The breath test of {_say(day)} shows alcohol.")


def _say(day: date) -> str:
    return f"{day:%B} {day.day}"


Rows = QuerySet[Any, tuple[Any, ...]]


@prepared
def _disclosures(keys: Keys, since: datetime, at: datetime) -> Rows:
    rows = Specimen.objects.filter(patient__among=keys, collected_at__gte=since, recorded_at__lte=at)
    return rows.values_list("patient_id", "disclosed", "collected_at")


@prepared
def _results(keys: Keys, since: datetime, at: datetime) -> Rows:
    rows = SpecimenResult.objects.filter(
        patient__among=keys, retired_at__isnull=True, specimen__collected_at__gte=since, recorded_at__lte=at
    )
    return rows.values_list("patient_id", "meaning", "specimen__collected_at")


@prepared
def _breaths(keys: Keys, since: datetime, at: datetime) -> Rows:
    rows = BreathTest.objects.filter(patient__among=keys, taken_at__gte=since, recorded_at__lte=at)
    return rows.values_list("patient_id", "reading", "taken_at")
