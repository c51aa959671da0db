"""The newest version of each plan, for several people at once. For modules that passed the desk."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from throughcare.knowledge.planning.own_plans import ROWS, Looked
from throughcare.pathway.measure.tiers import tiers_of
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.care_plans import PlanReview
from throughcare.records.crises import Crisis
from throughcare.records.safety_plans import OwnPlan, OwnPlanLook


def newest_plans(patients: Collection[int], *, at: datetime) -> dict[int, dict[str, OwnPlan]]:
    """By patient (key) and kind the version that stood at a moment. One query."""
    found: dict[int, dict[str, OwnPlan]] = defaultdict(dict)
    for row in _versions(Keys(patients), at):
        found[row.patient_id][row.kind] = row
    return dict(found)


@prepared
def _versions(patients: Keys, at: datetime) -> QuerySet[OwnPlan]:
    rows = OwnPlan.objects.select_related("recorded_by").filter(patient__among=patients, recorded_at__lte=at)
    return rows.order_by("patient", "kind", "number")


def newest_looks(plans: Collection[int], *, at: datetime) -> dict[int, OwnPlanLook]:
    """By version (key) the last time it was read again. One query."""
    rows = OwnPlanLook.objects.select_related("recorded_by").filter(plan__in=plans, recorded_at__lte=at)
    return {row.plan_id: row for row in rows.order_by("plan", "recorded_at", "pk")}


def looked_facts(
    patients: Collection[int], *, at: datetime, zone: str
) -> tuple[dict[int, dict[str, OwnPlan]], dict[int, OwnPlanLook], dict[int, dict[str, Looked]]]:
    """The newest versions, their looks, and what each due date follows from. A constant number of queries."""
    plans = newest_plans(patients, at=at)
    looks = newest_looks([row.pk for kinds in plans.values() for row in kinds.values()], at=at)
    reviewed, crises = _reviews(patients, at, zone), _crises(patients, at)
    tiers = _tiers(patients, at, zone)
    facts = {
        patient: {
            kind.code: _looked(
                plans.get(patient, {}).get(kind.code),
                looks,
                reviewed.get(patient),
                crises.get(patient),
                tiers.get(patient),
                zone=zone,
            )
            for kind in ROWS
        }
        for patient in patients
    }
    return plans, looks, facts


def _looked(
    plan: OwnPlan | None,
    looks: dict[int, OwnPlanLook],
    reviewed: date | None,
    crisis: datetime | None,
    tier: tuple[str, date | None] | None,
    *,
    zone: str,
) -> Looked:
    look = looks.get(plan.pk) if plan else None
    last = look or plan
    is_since = crisis is not None and (last is None or crisis > last.recorded_at)
    chosen = (look.review_on if look and look.review_on else plan.review_on) if plan else None
    return Looked(
        last_on=last.local_day if last else None,
        review_on=chosen,
        plan_review_on=reviewed,
        crisis_on=_day(crisis, zone) if crisis and is_since else None,
        tier=tier[0] if tier else "",
        tier_on=tier[1] if tier else None,
    )


def _reviews(patients: Collection[int], at: datetime, zone: str) -> dict[int, date]:
    return {patient: _day(moment, zone) for patient, moment in _last_reviews(Keys(patients), at)}


@prepared
def _last_reviews(patients: Keys, at: datetime) -> QuerySet[PlanReview, tuple[int, datetime]]:
    rows = PlanReview.objects.filter(episode__patient__among=patients, reviewed_at__lte=at)
    return rows.order_by("reviewed_at").values_list("episode__patient", "reviewed_at")


def _crises(patients: Collection[int], at: datetime) -> dict[int, datetime]:
    return dict(_crises_of(Keys(patients), at))


@prepared
def _crises_of(patients: Keys, at: datetime) -> QuerySet[Crisis, tuple[int, datetime]]:
    rows = Crisis.objects.filter(patient__among=patients, recorded_at__lte=at)
    return rows.order_by("recorded_at").values_list("patient", "recorded_at")


def _tiers(patients: Collection[int], at: datetime, zone: str) -> dict[int, tuple[str, date | None]]:
    """The tier that stands, with the day since when."""
    return {
        patient: (standing.tier, _day(standing.since, zone) if standing.since else None)
        for patient, standing in tiers_of(tuple(patients), at=at).items()
        if standing.tier
    }


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
