"""Staff see what a person set themself, and take a goal up into the draft of the care plan, word for word."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.care_plan.care_plan import draft_of, open_draft
from throughcare.pathway.care_plan.plan_lines import add_line
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.episode.episodes import open_last_episode
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.own_goal.my_plan import MyGoal, own_goals_of
from throughcare.pathway.own_goal.own_goals import KIND
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.records.care_plans import Goal
from throughcare.records.own_goals import OwnGoal


def goals_they_set(patient: UUID, *, by: Actor, at: datetime) -> tuple[MyGoal, ...]:
    """What a person set themself and no plan holds yet, for staff; nothing for whom the role table shows none."""
    if not may_access(KIND, by=by):
        return ()
    person = open_patient(patient, kind=KIND, by=by, at=at)
    episode = open_last_episode(patient, kind="care_plan", by=by, at=at)
    draft = draft_of(episode) if episode else None
    in_force = versions_in_force([episode.pk], at=at).get(episode.pk) if episode else None
    threads = _threads([row.pk for row in (draft, in_force) if row is not None])
    return own_goals_of(person, today=local_day(at, zone_of(person)), plan=threads)


@transaction.atomic
def take_up_goal(version: UUID, goal: UUID, *, problem: UUID, by: Actor, at: datetime) -> None:
    """Put a goal that the person set under a problem of a draft; its steps and their words go along."""
    draft = open_draft(version, by=by, at=at)
    person = open_patient(draft.episode.patient, kind=KIND, by=by, at=at, verb="change")
    row = OwnGoal.objects.select_for_update().filter(patient=person, uid=goal, let_go_at__isnull=True).first()
    if row is None:
        raise Absent("goal")
    if row.plan_thread in _threads([draft.pk]):
        raise Cannot("This goal stands in the draft already.")
    line = add_line(version, "goal", {"own_words": row.own_words}, under=problem, by=by, at=at)
    row.taken_up_at, row.plan_thread = at, Goal.objects.get(uid=line).thread
    row.save(update_fields=["taken_up_at", "plan_thread"])


def _threads(versions: Collection[int]) -> set[UUID]:
    return set(Goal.objects.filter(problem__version__in=versions).values_list("thread", flat=True))
