"""When each episode's care plan or its next review falls due, for one patient or a whole census."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.planning.plan_reviews import DUE_SETTINGS, PlanDue, full_plan_due
from throughcare.knowledge.planning.plan_reviews import review_due as due_by_rule
from throughcare.knowledge.planning.review_triggers import NO_GAIN_SETTING, Answer, newly_critical, no_gain_by
from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.review_answers import answers_to_weigh
from throughcare.pathway.care_plan.running_plans import RunningPlan, running_plans
from throughcare.pathway.episode.episodes import open_episode
from throughcare.pathway.kept_days import kept
from throughcare.pathway.measure.measure_view import short_title
from throughcare.pathway.prepared import prepared
from throughcare.pathway.program_settings import numbers
from throughcare.records.among import Keys
from throughcare.records.attendance import Attendance
from throughcare.records.episodes import Episode, Stay

DAY = timedelta(days=1)


@dataclass(frozen=True)
class DueFacts:
    """What the rules ask for: changes of level by episode key, attended days and answers by patient key."""

    changes: Mapping[int, list[datetime]]
    attended: Mapping[int, list[str]]
    answers: Mapping[int, list[Answer]]
    own: Mapping[str, Number] = field(default_factory=dict)


def review_due(episode: UUID, *, by: Actor, at: datetime) -> PlanDue | None:
    """What is due for this episode's care plan, when, and because of which rule; None once it has ended."""
    return due_of(open_episode(episode, kind="care_plan", by=by, at=at), at=at)


def due_of(episode: Episode, *, at: datetime) -> PlanDue | None:
    """The same for an episode that was opened already."""
    return plan_dues([episode.pk], at=at).get(episode.pk)


def plan_dues(episodes: Sequence[int], *, at: datetime) -> dict[int, PlanDue]:
    """What is due for each open episode (by key), in always as many queries for an organization."""
    dues: dict[int, PlanDue] = {}
    for organization, plans in running_plans(episodes, at=at).items():
        facts = _facts(plans, organization, at=at)
        dues |= {plan.episode: _due(plan, facts) for plan in plans}
    return dues


def _due(plan: RunningPlan, facts: DueFacts) -> PlanDue:
    attended = facts.attended.get(plan.patient, [])
    if plan.since is None:
        return full_plan_due(plan.admitted, _days(attended, plan.admitted), own=facts.own)
    since = plan.since
    changed = next((moment for moment in facts.changes.get(plan.episode, []) if moment > since), None)
    answers = facts.answers.get(plan.patient, [])
    critical = newly_critical(answers, since=since)
    return due_by_rule(
        plan.since_day,
        _days(attended, plan.since_day + DAY),
        level_changed=local_day(changed, plan.zone) if changed else None,
        no_gain=no_gain_by(answers, admitted=plan.admitted, today=plan.today, own=facts.own),
        critical=(critical.day, short_title(find(critical.code))) if critical else None,
        own=facts.own,
    )


def _days(attended: Sequence[str], since: date) -> list[date]:
    """The attended days from `since` on; only they are made into days, which takes longer than finding them."""
    return [date.fromisoformat(day) for day in attended[bisect_left(attended, since.isoformat()) :]]


def _facts(plans: Sequence[RunningPlan], organization: int, *, at: datetime) -> DueFacts:
    changes: dict[int, list[datetime]] = defaultdict(list)
    for episode, moment in _level_changes(Keys(plan.episode for plan in plans), at):
        changes[episode].append(moment)
    own = numbers(*DUE_SETTINGS, organization=organization, on=at.date())
    return DueFacts(
        changes=changes,
        attended=attended_days(plans, organization),
        answers=answers_to_weigh(plans, organization=organization, weeks=int(own[NO_GAIN_SETTING]), at=at),
        own=own,
    )


@prepared
def _level_changes(episodes: Keys, at: datetime) -> QuerySet[Stay, tuple[int, datetime]]:
    """Stays but the first, which began with the admission itself."""
    rows = Stay.objects.filter(
        episode__among=episodes, began_at__lte=at, began_at__gt=F("episode__admitted_at")
    )
    return rows.order_by("began_at", "pk").values_list("episode", "began_at")


def attended_days(plans: Sequence[RunningPlan], organization: int) -> dict[int, list[str]]:
    """The days, in order and as text, on which each patient (by key) attended a session that counts.

    From the earliest day that anyone's days are counted from.
    """
    patients = Keys(plan.patient for plan in plans)
    first, last = min(plan.since_day for plan in plans), max(plan.today for plan in plans)
    days: dict[int, list[str]] = defaultdict(list)
    for patient, day in _attended(organization, patients, first, last):
        of_patient = days[patient]
        if not of_patient or of_patient[-1] != day:
            of_patient.append(day)
    return days


@prepared
def _attended(
    organization: int, patients: Keys, first: date, last: date
) -> QuerySet[Attendance, tuple[int, str]]:
    rows = Attendance.objects.filter(
        organization_id=organization,
        patient__among=patients,
        local_day__gte=first,
        local_day__lte=last,
        retired_at__isnull=True,
        counts=True,
        minutes__gt=0,
    )
    return rows.order_by("patient", "local_day").values_list("patient", kept("local_day"))
