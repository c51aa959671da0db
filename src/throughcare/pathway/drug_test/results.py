"""Results: presumptive at first, definitive from the laboratory, each read with what was known before it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.drug_tests.carry_over import Disclosure, Earlier
from throughcare.knowledge.drug_tests.interpreting import Meaning, Sample, interpret
from throughcare.knowledge.drug_tests.validity import UNUSABLE, Urine
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.daily_check_in.facts import disclosed_use_of
from throughcare.pathway.drug_test.facts import newest_known
from throughcare.pathway.drug_test.ordering import KIND, ask_again
from throughcare.pathway.drug_test.test_rows import specimens_between, standing_results
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.reward.settling import settle_rewards
from throughcare.pathway.rows import only_row
from throughcare.records.among import Keys
from throughcare.records.tests import Specimen, SpecimenResult

# So far back earlier tests and what was said in check-ins are looked at; no window in urine is longer. [ours]
LOOKED_BACK = timedelta(days=60)
SETTINGS = (
    "drug_test.temperature_minutes",
    "drug_test.lowest_ph",
    "drug_test.new_use_ratio",
    "step_up.window_days",
    "step_up.unexpected_tests",
)


@dataclass(frozen=True)
class NewResult:
    """What was found. `found`: analyte → whether it was; `levels` in ng/mL; the rest as measured of the specimen."""

    found: Mapping[str, bool]
    definitive: bool
    resulted_at: datetime
    laboratory: str = ""
    levels: Mapping[str, float] = field(default_factory=dict)
    creatinine: float | None = None
    specific_gravity: float | None = None
    ph: float | None = None
    nitrite: float | None = None
    foreign_substance: bool = False


@transaction.atomic
def record_result(specimen: UUID, new: NewResult, *, by: Actor, at: datetime) -> Meaning:
    """Record what a screen or the laboratory found, and what it means; a second one of a kind corrects the first.

    What cannot be read is asked for again, and rewards are worked out anew.
    """
    found = only_row(
        Specimen.objects.select_for_update(of=("self",))
        .select_related("patient", "order")
        .filter(organization_id=by.organization, uid=specimen)
    )
    if found is None:
        raise Absent("specimen")
    open_patient(found.patient, kind=KIND, by=by, at=at, verb="change")
    _require_sense(found, new, at=at)
    zone = zone_of(found.patient)
    meaning = _meaning(found, new, zone=zone, at=at)
    _keep(found, new, meaning, by=by, at=at)
    if meaning.validity in UNUSABLE or "recollect" in meaning.actions:
        ask_again(found.order, zone=zone, by=by, at=at)
    settle_rewards(found.patient_id, organization=by.organization, by=by, at=at)
    return meaning


def _require_sense(specimen: Specimen, new: NewResult, *, at: datetime) -> None:
    if not new.found or not set(new.found) <= set(ANALYTES):
        raise Cannot("Enter at least one result.", field="found")
    if new.resulted_at > at:
        raise Cannot("This time is still to come.", field="resulted_at")
    if new.resulted_at < specimen.collected_at:
        raise Cannot("A result can't be earlier than its specimen.", field="resulted_at")
    if new.definitive and not new.laboratory.strip():
        raise Cannot("Write down which laboratory found it.", field="laboratory")


def _meaning(specimen: Specimen, new: NewResult, *, zone: str, at: datetime) -> Meaning:
    own = numbers(*SETTINGS, organization=specimen.organization_id, on=local_day(at, zone))
    warm = specimen.temperature_f
    sample = Sample(
        collected_at=specimen.collected_at,
        results=new.found,
        matrix=specimen.matrix,
        urine=Urine(
            temperature_f=None if warm is None else float(warm),
            temperature_minutes=specimen.temperature_minutes,
            creatinine=new.creatinine,
            specific_gravity=new.specific_gravity,
            ph=new.ph,
            nitrite=new.nitrite,
            foreign_substance=new.foreign_substance,
        ),
        definitive=new.definitive,
        prescribed=tuple(specimen.medications),
        disclosed=(*told_of(specimen, zone), *_said_in_check_ins(specimen)),
        earlier=tuple(_earlier(specimen, at=at)),
        levels=new.levels,
    )
    return interpret(sample, own)


def told_of(specimen: Specimen, zone: str) -> tuple[Disclosure, ...]:
    """What the person told of when the specimen was collected; a day counts as a whole one."""
    collected = local_day(specimen.collected_at, zone)
    return tuple(
        Disclosure(one["substance"], _on_that_day(specimen, collected, one["last_on"]), one["long_use"], True)
        for one in specimen.disclosed
    )


def _on_that_day(specimen: Specimen, collected: date, last_on: str | None) -> datetime | None:
    """The day of use, as far before the specimen's own (UTC) day as it was on the clinic's calendar."""
    if last_on is None:
        return None
    day = specimen.collected_at.astimezone(UTC).date() - (collected - date.fromisoformat(last_on))
    return datetime.combine(day, time(0), UTC)


def _said_in_check_ins(specimen: Specimen) -> Iterable[Disclosure]:
    said = disclosed_use_of(
        [specimen.patient_id], since=specimen.collected_at - LOOKED_BACK, at=specimen.collected_at
    )
    return (
        Disclosure(one.substance, one.last_used_at)
        for one in said.get(specimen.patient_id, ())
        if one.substance
    )


def _earlier(specimen: Specimen, *, at: datetime) -> Iterable[Earlier]:
    since = specimen.collected_at - LOOKED_BACK
    before: Sequence[Specimen] = [
        one
        for one in specimens_between(Keys([specimen.patient_id]), since, specimen.collected_at)
        if one.pk != specimen.pk
    ]
    known = newest_known(before, at=at)
    for one in before:
        result = known.get(one.pk)
        if result is not None:
            classes = result.meaning["classes"]
            yield Earlier(
                at=one.collected_at,
                unexpected=result.unexpected,
                found=tuple(code for code, kind in classes.items() if kind == "unexpected-pos"),
                levels=result.found.get("levels", {}),
                creatinine=result.found.get("creatinine"),
            )


def _keep(specimen: Specimen, new: NewResult, meaning: Meaning, *, by: Actor, at: datetime) -> None:
    old = next(
        (
            one
            for one in standing_results(Keys([specimen.pk]), at)
            if one.definitive == new.definitive and one.retired_at is None
        ),
        None,
    )
    if old is not None:
        SpecimenResult.objects.filter(pk=old.pk).update(retired_at=at)
    SpecimenResult.objects.create(
        organization_id=specimen.organization_id,
        specimen=specimen,
        patient_id=specimen.patient_id,
        definitive=new.definitive,
        laboratory=new.laboratory.strip(),
        resulted_at=new.resulted_at,
        found=_found_as_kept(new),
        validity=meaning.validity,
        meaning={
            "classes": dict(meaning.classes),
            "actions": list(meaning.actions),
            "because": list(meaning.because),
        },
        unexpected=meaning.unexpected,
        high=meaning.high,
        corrects=old,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _found_as_kept(new: NewResult) -> dict[str, Any]:
    return {
        "results": {code: "pos" if positive else "neg" for code, positive in new.found.items()},
        "levels": dict(new.levels),
        "creatinine": new.creatinine,
        "specific_gravity": new.specific_gravity,
        "ph": new.ph,
        "nitrite": new.nitrite,
        "foreign_substance": new.foreign_substance,
    }
