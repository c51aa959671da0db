"""When each episode's care plan or its next review falls due, for one patient or a whole census."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Min

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.plan_reviews import DUE_SETTINGS, PlanDue, full_plan_due
from throughcare.knowledge.plan_reviews import review_due as due_by_rule
from throughcare.knowledge.program_settings import Number
from throughcare.pathway.actor import Actor
from throughcare.pathway.episodes import day_of, open_episode
from throughcare.pathway.program_settings import numbers
from throughcare.records.attendance import Attendance
from throughcare.records.care_plans import PlanReview, PlanVersion
from throughcare.records.episodes import Episode, Stay


@dataclass(frozen=True)
class DueFacts:
    """What the rules ask for, by episode key (attended days by patient key)."""

    planned_at: Mapping[int, datetime]
    reviewed_at: Mapping[int, datetime]
    changes: Mapping[int, list[datetime]]
    attended: Mapping[int, list[date]]
    own: Mapping[int, dict[str, Number]] = field(default_factory=dict)


def review_due(episode: UUID, *, by: Actor, at: datetime) -> PlanDue | None:
    """What is due for this episode's care plan, when, and because of which rule; None once it has ended."""
    return due_of(open_episode(episode, kind="care_plan", by=by, at=at), at=at)


def due_of(episode: Episode, *, at: datetime) -> PlanDue | None:
    """The same for an episode that was opened already."""
    return plan_dues([episode.pk], at=at).get(episode.pk)


def plan_dues(episodes: Sequence[int], *, at: datetime) -> dict[int, PlanDue]:
    """What is due for each open episode (by key), in a number of queries that does not grow with them."""
    rows = list(Episode.objects.select_related("site").filter(pk__in=episodes, ended_at__isnull=True))
    if not rows:
        return {}
    facts = _facts(rows, at=at)
    return {row.pk: _due(row, facts) for row in rows}


def _due(episode: Episode, facts: DueFacts) -> PlanDue:
    zone = episode.site.time_zone
    own = facts.own[episode.organization_id]
    attended = facts.attended.get(episode.patient_id, [])
    admitted = local_day(episode.admitted_at, zone)
    planned = facts.planned_at.get(episode.pk)
    if planned is None:
        return full_plan_due(admitted, [day for day in attended if day >= admitted], own=own)
    last = max(planned, facts.reviewed_at.get(episode.pk, planned))
    last_day = local_day(last, zone)
    changed = next((moment for moment in facts.changes.get(episode.pk, []) if moment > last), None)
    return due_by_rule(
        last_day,
        [day for day in attended if day > last_day],
        level_changed=local_day(changed, zone) if changed else None,
        own=own,
    )


def _facts(rows: list[Episode], *, at: datetime) -> DueFacts:
    keys = [row.pk for row in rows]
    planned = PlanVersion.objects.filter(episode__in=keys, in_force_at__lte=at).values_list("episode")
    reviewed = PlanReview.objects.filter(episode__in=keys, reviewed_at__lte=at).values_list("episode")
    stays = Stay.objects.filter(episode__in=keys, began_at__lte=at).order_by("began_at", "pk")
    began: dict[int, list[datetime]] = defaultdict(list)
    for episode, moment in stays.values_list("episode", "began_at"):
        began[episode].append(moment)
    return DueFacts(
        planned_at=dict(planned.annotate(Min("in_force_at"))),
        reviewed_at=dict(reviewed.annotate(Max("reviewed_at"))),
        # The first stay is the admission itself.
        changes={episode: moments[1:] for episode, moments in began.items()},
        attended=attended_days(rows, at=at),
        own={
            organization: numbers(*DUE_SETTINGS, organization=organization, on=at.date())
            for organization in {row.organization_id for row in rows}
        },
    )


def attended_days(rows: Sequence[Episode], *, at: datetime) -> dict[int, list[date]]:
    """The days, in order, on which each patient (by key) attended a session that counts, since the first admission."""
    since = min(local_day(row.admitted_at, row.site.time_zone) for row in rows)
    until = max(day_of(row, at) for row in rows)
    found = (
        Attendance.objects.filter(
            organization_id__in={row.organization_id for row in rows},
            patient__in=[row.patient_id for row in rows],
            local_day__gte=since,
            local_day__lte=until,
            retired_at__isnull=True,
            counts=True,
            minutes__gt=0,
        )
        .order_by("local_day")
        .values_list("patient", "local_day")
        .distinct()
    )
    days: dict[int, list[date]] = defaultdict(list)
    for patient, day in found:
        days[patient].append(day)
    return days
