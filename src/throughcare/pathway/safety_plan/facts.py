"""What the warning signs and the daily check-in ask of the plans: a person's own signs, and since when plans stand."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from throughcare.knowledge.planning.own_plans import RELAPSE, SAFETY, own_signs
from throughcare.knowledge.warning_signs.picture import OwnSignFact
from throughcare.pathway.safety_plan.newest import newest_looks, newest_plans

PLAN_WORDS = {SAFETY: "safety", RELAPSE: "relapse_prevention"}


def own_signs_of(patients: Sequence[int], *, at: datetime) -> Mapping[int, tuple[OwnSignFact, ...]]:
    """By patient (key) the own warning signs of the plans that stood at a moment; one query, the desk was passed.

    Who has none is left out. A sign keeps its key as long as its words stay the same.
    """
    found = {
        patient: tuple(
            OwnSignFact(one.key, one.words, PLAN_WORDS[one.plan])
            for one in own_signs({kind: row.words for kind, row in kinds.items()})
        )
        for patient, kinds in newest_plans(patients, at=at).items()
    }
    return {patient: signs for patient, signs in found.items() if signs}


def plans_at_of(patients: Sequence[int], *, at: datetime) -> Mapping[int, Mapping[str, datetime]]:
    """By patient (key) and kind (safety, relapse) when the plan was written or read again last; two queries."""
    plans = newest_plans(patients, at=at)
    looks = newest_looks([row.pk for kinds in plans.values() for row in kinds.values()], at=at)
    return {
        patient: {
            kind: looks[row.pk].recorded_at if row.pk in looks else row.recorded_at
            for kind, row in kinds.items()
        }
        for patient, kinds in plans.items()
    }
