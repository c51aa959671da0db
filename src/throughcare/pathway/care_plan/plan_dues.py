"""When each episode's care plan or its next review falls due, for one patient or a whole census."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Min, QuerySet, TextField
from django.db.models.functions import Cast

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.planning.plan_reviews import DUE_SETTINGS, PlanDue, full_plan_due
from throughcare.knowledge.planning.plan_reviews import review_due as due_by_rule
from throughcare.knowledge.planning.review_triggers import NO_GAIN_SETTING, Answer, newly_critical, no_gain_by
from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.questionnaires.library import find
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.review_answers import Reviewed, answers_to_weigh
from throughcare.pathway.episode.episodes import open_episode
from throughcare.pathway.measure.measure_view import short_title
from throughcare.pathway.program_settings import numbers
from throughcare.records.attendance import Attendance
from throughcare.records.care_plans import PlanReview, PlanVersion
from throughcare.records.episodes import Episode, Stay

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Running:
    """An open episode as the rules need it; `admitted` is a day at the site."""

    key: int
    patient: int
    organization: int
    zone: str
    admitted_at: datetime

    @property
    def admitted(self) -> date:
        """The day of admission."""
        return local_day(self.admitted_at, self.zone)


@dataclass(frozen=True)
class DueFacts:
    """What the rules ask for, by episode key (attended days and answers by patient key)."""

    planned_at: Mapping[int, datetime]
    reviewed_at: Mapping[int, datetime]
    changes: Mapping[int, list[datetime]]
    attended: Mapping[int, list[str]]
    answers: Mapping[int, list[Answer]]
    own: Mapping[int, dict[str, Number]] = field(default_factory=dict)


def review_due(episode: UUID, *, by: Actor, at: datetime) -> PlanDue | None:
    """What is due for this episode's care plan, when, and because of which rule; None once it has ended."""
    return due_of(open_episode(episode, kind="care_plan", by=by, at=at), at=at)


def due_of(episode: Episode, *, at: datetime) -> PlanDue | None:
    """The same for an episode that was opened already."""
    return plan_dues([episode.pk], at=at).get(episode.pk)


def plan_dues(episodes: Sequence[int] | QuerySet[Any, int], *, at: datetime) -> dict[int, PlanDue]:
    """What is due for each open episode (by key; or a query for the keys), in always as many queries."""
    columns = ("pk", "patient", "organization", "site__time_zone", "admitted_at")
    rows = Episode.objects.filter(pk__in=episodes, ended_at__isnull=True).values_list(*columns)
    running = [Running(*row) for row in rows]
    if not running:
        return {}
    facts = _facts(running, episodes, at=at)
    return {one.key: _due(one, facts, at=at) for one in running}


def _due(episode: Running, facts: DueFacts, *, at: datetime) -> PlanDue:
    own = facts.own[episode.organization]
    attended = facts.attended.get(episode.patient, [])
    planned = facts.planned_at.get(episode.key)
    if planned is None:
        admitted = episode.admitted
        return full_plan_due(admitted, _days(attended, admitted), own=own)
    last = max(planned, facts.reviewed_at.get(episode.key, planned))
    last_day = local_day(last, episode.zone)
    changed = next((moment for moment in facts.changes.get(episode.key, []) if moment > last), None)
    answers = facts.answers.get(episode.patient, [])
    critical = newly_critical(answers, since=last)
    return due_by_rule(
        last_day,
        _days(attended, last_day + DAY),
        level_changed=local_day(changed, episode.zone) if changed else None,
        no_gain=no_gain_by(answers, admitted=episode.admitted, today=local_day(at, episode.zone), own=own),
        critical=(critical.day, short_title(find(critical.code))) if critical else None,
        own=own,
    )


def _days(attended: Sequence[str], since: date) -> list[date]:
    """The attended days from `since` on; only they are made into days, which takes longer than finding them."""
    return [date.fromisoformat(day) for day in attended[bisect_left(attended, since.isoformat()) :]]


def _facts(running: Sequence[Running], keys: Sequence[int] | QuerySet[Any, int], *, at: datetime) -> DueFacts:
    versions = PlanVersion.objects.filter(episode__in=keys, in_force_at__lte=at).values_list("episode")
    reviews = PlanReview.objects.filter(episode__in=keys, reviewed_at__lte=at).values_list("episode")
    planned = dict(versions.annotate(Min("in_force_at")))
    reviewed = dict(reviews.annotate(Max("reviewed_at")))
    # The first stay began with the admission itself.
    stays = Stay.objects.filter(
        episode__in=keys, began_at__lte=at, began_at__gt=F("episode__admitted_at")
    ).order_by("began_at", "pk")
    changes: dict[int, list[datetime]] = defaultdict(list)
    for episode, moment in stays.values_list("episode", "began_at"):
        changes[episode].append(moment)
    last = (reviewed.get(one.key) or planned.get(one.key) or one.admitted_at for one in running)
    own = {
        organization: numbers(*DUE_SETTINGS, organization=organization, on=at.date())
        for organization in {one.organization for one in running}
    }
    return DueFacts(
        planned_at=planned,
        reviewed_at=reviewed,
        changes=changes,
        # Nobody's days are counted from earlier; a day more, for sites in several time zones.
        attended=attended_days(running, keys, since=min(last).date() - DAY, at=at),
        answers=answers_to_weigh(
            [_reviewed(one, planned, reviewed, own) for one in running if one.key in planned], at=at
        ),
        own=own,
    )


def _reviewed(
    one: Running,
    planned: Mapping[int, datetime],
    reviewed: Mapping[int, datetime],
    own: Mapping[int, dict[str, Number]],
) -> Reviewed:
    last = max(planned[one.key], reviewed.get(one.key, planned[one.key]))
    weeks = int(own[one.organization][NO_GAIN_SETTING])
    return Reviewed(one.patient, one.organization, one.zone, one.admitted_at, last, weeks)


def attended_days(
    running: Sequence[Running], episodes: Sequence[int] | QuerySet[Any, int], *, since: date, at: datetime
) -> dict[int, list[str]]:
    """The days, in order and as text, on which each patient (by key) attended a session that counts."""
    found = (
        Attendance.objects.filter(
            organization_id__in={one.organization for one in running},
            patient__in=Episode.objects.filter(pk__in=episodes).values("patient"),
            local_day__gte=since,
            local_day__lte=max(local_day(at, zone) for zone in {one.zone for one in running}),
            retired_at__isnull=True,
            counts=True,
            minutes__gt=0,
        )
        .order_by("patient", "local_day")
        .values_list("patient", Cast("local_day", TextField()))
    )
    days: dict[int, list[str]] = defaultdict(list)
    for patient, day in found:
        of_patient = days[patient]
        if not of_patient or of_patient[-1] != day:
            of_patient.append(day)
    return days
