"""The answers that may bring a plan review forward, read only for those whose review they may touch."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import FloatField, QuerySet, TextField
from django.db.models.functions import Cast

from throughcare.knowledge.planning.review_triggers import Answer
from throughcare.knowledge.questionnaires.library import all_questionnaires
from throughcare.pathway.care_plan.running_plans import RunningPlan
from throughcare.pathway.kept_days import Days, days_of_zone, kept, moment_of
from throughcare.pathway.prepared import prepared
from throughcare.records.among import Keys
from throughcare.records.measures import MeasureResponse

# Answers from so long before the admission belong to its intake.
DAY, INTAKE = timedelta(days=1), timedelta(days=30)
NOTHING = "[]"
NONE: frozenset[int] = frozenset()
CRITICAL = tuple(one.code for one in all_questionnaires() if one.critical)
WATCHED = tuple(one.code for one in all_questionnaires() if one.critical or one.reliable_change)


def answers_to_weigh(
    plans: Sequence[RunningPlan], *, organization: int, weeks: int, at: datetime
) -> dict[int, list[Answer]]:
    """What each patient (by key) answered since their intake; at most two queries, empty for most people.

    A gain is looked for `weeks` weeks after admission.
    """
    since = {plan.patient: plan.since for plan in plans if plan.since}
    critical = _with_critical_answers(since, organization, at=at) if since else set()
    asked = [plan for plan in plans if plan.patient in critical or gain_is_asked(plan, weeks)]
    return _answers(asked, organization, at=at) if asked else {}


def gain_is_asked(plan: RunningPlan, weeks: int) -> bool:
    """Whether the day on which a gain is looked for has come since the last review."""
    by = plan.admitted + timedelta(weeks=weeks)
    return plan.since is not None and plan.since_day < by <= plan.today


def _answers(asked: Sequence[RunningPlan], organization: int, *, at: datetime) -> dict[int, list[Answer]]:
    zones = {plan.patient: plan.zone for plan in asked}
    since = {plan.patient: plan.admitted_at - INTAKE for plan in asked}
    days = {zone: _days(zone, since.values(), at) for zone in set(zones.values())}
    found: dict[int, list[Answer]] = defaultdict(list)
    for patient, code, taken, total, items in _watched(organization, Keys(zones), min(since.values()), at):
        taken_at = moment_of(taken)
        if taken_at >= since[patient]:
            shown: frozenset[int] = frozenset(json.loads(items)) if items != NOTHING else NONE
            found[patient].append(Answer(code, taken_at, days[zones[patient]].of(taken), total, shown))
    return found


def _days(zone: str, since: Iterable[datetime], at: datetime) -> Days:
    return days_of_zone(zone, min(since).date() - DAY, at.date() + DAY)


@prepared
def _watched(
    organization: int, patients: Keys, since: datetime, at: datetime
) -> QuerySet[MeasureResponse, tuple[int, str, str, float | None, str]]:
    rows = MeasureResponse.objects.filter(
        organization_id=organization,
        patient__among=patients,
        code__in=WATCHED,
        taken_at__gte=since,
        taken_at__lte=at,
        retired_at__isnull=True,
    )
    as_kept = (kept("taken_at"), Cast("total", FloatField()), Cast("critical", TextField()))
    return rows.values_list("patient", "code", *as_kept)


def _with_critical_answers(since: Mapping[int, datetime], organization: int, *, at: datetime) -> set[int]:
    rows = _critical(organization, min(since.values()), at)
    return {patient for patient, taken in rows if patient in since and moment_of(taken) > since[patient]}


@prepared
def _critical(organization: int, since: datetime, at: datetime) -> QuerySet[MeasureResponse, tuple[int, str]]:
    rows = MeasureResponse.objects.filter(
        organization_id=organization,
        taken_at__gt=since,
        taken_at__lte=at,
        code__in=CRITICAL,
        retired_at__isnull=True,
    )
    return rows.exclude(critical=[]).values_list("patient", kept("taken_at"))
