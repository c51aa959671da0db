"""Collecting: the specimen with all that is said before a result, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.drug_tests.analytes import MATRICES
from throughcare.knowledge.drug_tests.orders import NEEDS_WORDS, NOT_GIVEN, OBSERVATIONS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.drug_test.ordering import open_order, require_nothing_came
from throughcare.pathway.drug_test.test_rows import not_given_of
from throughcare.pathway.medication.snapshot import snapshot_of
from throughcare.pathway.reward.settling import settle_rewards
from throughcare.records.among import Keys
from throughcare.records.tests import NotGiven, OrderedTest, Specimen

# A record of what was collected may be written a little later, not days.
WRITTEN_WITHIN = timedelta(days=3)


@dataclass(frozen=True)
class Told:
    """A use that the person told of; `last_on` is its last day where they know it, `long_use` None: not said."""

    substance: str
    last_on: date | None = None
    long_use: bool | None = None


@dataclass(frozen=True)
class NewSpecimen:
    """What was collected, and how. `disclosed` and `also_takes` are asked before anyone looks at a result."""

    collected_at: datetime
    matrix: str = "urine"
    observation: str = "none"
    temperature_f: Decimal | None = None
    temperature_minutes: int | None = None
    seal: str = ""
    disclosed: Sequence[Told] = ()
    also_takes: Sequence[str] = ()
    words: str = ""


@transaction.atomic
def record_specimen(order: UUID, new: NewSpecimen, *, by: Actor, at: datetime) -> UUID:
    """Record a specimen with the person's own word and what they take, before any result; its id."""
    found = _held(order, by=by, at=at)
    require_nothing_came(found)
    _require_moment(new.collected_at, at=at)
    if new.matrix not in MATRICES:
        raise Cannot("Choose what was collected.", field="matrix")
    if new.observation not in OBSERVATIONS:
        raise Cannot("Say how the collection was observed.", field="observation")
    if new.temperature_f is not None and not 32 <= new.temperature_f <= 120:
        raise Cannot("Enter the temperature in °F, from 32 to 120.", field="temperature_f")
    takes = [
        one.ingredient or one.name
        for one in snapshot_of([found.patient_id], organization=by.organization, at=new.collected_at).get(
            found.patient_id, ()
        )
    ]
    made = Specimen.objects.create(
        organization_id=by.organization,
        order=found,
        patient_id=found.patient_id,
        collected_at=new.collected_at,
        matrix=new.matrix,
        observation=new.observation,
        temperature_f=new.temperature_f,
        temperature_minutes=new.temperature_minutes,
        seal=new.seal.strip(),
        disclosed=[_as_kept(one) for one in new.disclosed if one.substance.strip()],
        medications=list(dict.fromkeys([*takes, *(one.strip() for one in new.also_takes if one.strip())])),
        words=new.words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return made.uid


@transaction.atomic
def record_not_given(
    order: UUID, kind: str, *, words: str = "", happened_at: datetime | None = None, by: Actor, at: datetime
) -> None:
    """Write down why there is no specimen. What was missed may be excused later: a new row that names the old."""
    found = _held(order, by=by, at=at)
    if kind not in NOT_GIVEN:
        raise Cannot("Choose what happened.", field="kind")
    if kind in NEEDS_WORDS and not words.strip():
        raise Cannot("Write down what the person said.", field="words")
    if hasattr(found, "specimen"):
        raise Cannot("A specimen was collected for this test already.")
    old = next(iter(not_given_of(Keys([found.pk]))), None)
    if old is not None and old.kind == kind:
        raise Cannot("This is written down already.", field="kind")
    moment = happened_at or (old.happened_at if old else at)
    _require_moment(moment, at=at)
    keep_not_given(found, kind, words=words, happened_at=moment, corrects=old, by=by, at=at)
    settle_rewards(found.patient_id, organization=by.organization, by=by, at=at)


def keep_not_given(
    order: OrderedTest,
    kind: str,
    *,
    words: str = "",
    happened_at: datetime,
    corrects: NotGiven | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Keep why there is no specimen; for pathway modules past the desk."""
    if corrects is not None:
        NotGiven.objects.filter(pk=corrects.pk).update(retired_at=at)
    NotGiven.objects.create(
        organization_id=order.organization_id,
        order=order,
        patient_id=order.patient_id,
        kind=kind,
        happened_at=happened_at,
        words=words.strip(),
        corrects=corrects,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _held(order: UUID, *, by: Actor, at: datetime) -> OrderedTest:
    """The order, so that two people at once do not both write what came of it."""
    found = open_order(order, by=by, at=at)
    OrderedTest.objects.select_for_update().get(pk=found.pk)
    return found


def _require_moment(moment: datetime, *, at: datetime) -> None:
    if moment > at:
        raise Cannot("This time is still to come.", field="collected_at")
    if moment < at - WRITTEN_WITHIN:
        raise Cannot(
            "This was more than three days ago. Check the day, and write a note instead.",
            field="collected_at",
        )


def _as_kept(one: Told) -> dict[str, object]:
    return {
        "substance": one.substance.strip(),
        "last_on": one.last_on.isoformat() if one.last_on else None,
        "long_use": one.long_use,
    }
