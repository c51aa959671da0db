"""Tasks as pages show them: one person's, and the board of everyone's that are open."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.tasks import KIND, OUTCOMES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.desk import sites_for
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.records.episodes import Episode
from throughcare.records.people import Account, RoleGrant
from throughcare.records.tasks import Task

MOST_ROWS = 500
_Row = TypeVar("_Row", bound=Model)
WRITES_TASKS = ("case_manager", "clinician", "director")


@dataclass(frozen=True)
class StepLine:
    """One step of a task."""

    uid: UUID
    text: str
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True)
class TaskLine:
    """One task. `outcome` is empty while it goes on; of a guarded person the words are left out."""

    uid: UUID
    patient: UUID
    name: str
    kind: str
    title: str
    words: str
    owner: str
    is_mine: bool
    due: date
    is_overdue: bool
    steps: tuple[StepLine, ...]
    outcome: str
    outcome_words: str
    ended_at: datetime | None

    @property
    def next_step(self) -> str:
        """The first step that isn't done."""
        return next((one.text for one in self.steps if one.done_at is None), "")

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(one.done_at is not None for one in self.steps)


@dataclass(frozen=True)
class TasksOfOne:
    """One person's tasks: those that go on, the most urgent first, and those that are over."""

    patient: UUID
    open: tuple[TaskLine, ...]
    over: tuple[TaskLine, ...]
    may_change: bool


def tasks_of(patient: UUID, *, by: Actor, at: datetime) -> TasksOfOne:
    """A person's tasks in a constant number of queries."""
    found = open_patient(patient, kind="task", by=by, at=at)
    today = local_day(at, by.time_zone)
    rows = _whole(Task.objects.filter(organization_id=by.organization, patient=found))
    lines = [_line(row, by=by, today=today) for row in rows]
    return TasksOfOne(
        found.uid,
        tuple(sorted((one for one in lines if not one.outcome), key=lambda one: (one.due, one.title))),
        tuple(sorted((one for one in lines if one.outcome), key=_ended, reverse=True)),
        bool(may_access("task", by=by, verb="change")),
    )


def task_line(patient: UUID, task: UUID, *, by: Actor, at: datetime) -> TaskLine:
    """One task of a person. Raises `Absent`."""
    found = tasks_of(patient, by=by, at=at)
    line = next((one for one in (*found.open, *found.over) if one.uid == task), None)
    if line is None:
        raise Absent("task")
    return line


def open_tasks(*, by: Actor, at: datetime) -> tuple[TaskLine, ...]:
    """Every task that goes on at the sites of `by`, the most urgent first, in a constant number of queries."""
    today = local_day(at, by.time_zone)
    rows = Task.objects.filter(organization_id=by.organization, outcome__isnull=True)
    found = list(_whole(at_my_sites(rows, by=by, kind="task"))[:MOST_ROWS])
    hidden = open_roster("task", sorted({row.patient_id for row in found}), by=by, at=at)
    lines = [_line(row, by=by, today=today, hidden=hidden) for row in found]
    return tuple(sorted(lines, key=lambda one: (one.due, one.name)))


def at_my_sites(rows: QuerySet[_Row], *, by: Actor, kind: str) -> QuerySet[_Row]:
    """Of these rows those about people with an episode at a site where `by` may see records of this kind."""
    sites = sites_for(kind, by=by)
    if sites is None:
        return rows
    return rows.filter(patient__in=Episode.objects.filter(site__in=sites).values("patient"))


def staff_choices(*, by: Actor) -> tuple[tuple[str, str], ...]:
    """Who may be given a task: public id and name, who acts first."""
    held = RoleGrant.objects.filter(
        organization_id=by.organization, role__in=WRITES_TASKS, ended_at__isnull=True
    )
    rows = Account.objects.filter(pk__in=held.values("account"))
    named = sorted((one.name, str(one.uid), one.pk) for one in rows)
    return tuple((uid, name) for name, uid, key in sorted(named, key=lambda one: one[2] != by.account))


def _whole(rows: QuerySet[Task]) -> QuerySet[Task]:
    return (
        rows.select_related("patient", "outcome")
        .prefetch_related("handovers__owner", "steps__done_by")
        .order_by("-recorded_at", "-pk")
    )


def _line(row: Task, *, by: Actor, today: date, hidden: Collection[int] = frozenset()) -> TaskLine:
    newest = max(row.handovers.all(), key=lambda one: (one.recorded_at, one.pk))
    ended = getattr(row, "outcome", None)
    is_hidden = row.patient_id in hidden
    return TaskLine(
        uid=row.uid,
        patient=row.patient.uid,
        name=HIDDEN if is_hidden else display_name(row.patient),
        kind=KIND[row.kind].word if row.kind in KIND else row.kind,
        title="" if is_hidden else row.title,
        words="" if is_hidden else row.words,
        owner=newest.owner.name,
        is_mine=newest.owner_id == by.account,
        due=newest.due_date,
        is_overdue=ended is None and newest.due_date < today,
        steps=() if is_hidden else tuple(_steps(row)),
        outcome=OUTCOMES.get(ended.outcome, ended.outcome) if ended else "",
        outcome_words=ended.words if ended else "",
        ended_at=ended.recorded_at if ended else None,
    )


def _steps(row: Task) -> Iterable[StepLine]:
    for one in sorted(row.steps.all(), key=lambda step: step.pk):
        yield StepLine(one.uid, one.text, one.done_at, one.done_by.name if one.done_by else "")


def _ended(line: TaskLine) -> datetime:
    if line.ended_at is None:
        raise ValueError("only for tasks that are over")
    return line.ended_at
