"""Tasks of case managers: written with an owner, a day and steps; handed over; ended with what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.roles import STAFF
from throughcare.knowledge.tasks import KIND, LONGEST_TITLE, MOST_STEPS, OUTCOMES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import site_of
from throughcare.records.people import Account, Patient, RoleGrant
from throughcare.records.tasks import Task, TaskHandover, TaskOutcome, TaskStep

FARTHEST = timedelta(days=366)
LONGEST_STEP, LONGEST_WORDS = 300, 1_000


@dataclass(frozen=True)
class NewTask:
    """What is to be arranged by when; `owner` is an account's public id, None for who writes it."""

    kind: str
    title: str
    due: date
    words: str = ""
    steps: Sequence[str] = ()
    owner: UUID | None = None


@transaction.atomic
def write_task(patient: UUID, new: NewTask, *, by: Actor, at: datetime) -> UUID:
    """Write a task down. Returns its public id."""
    found = open_patient(patient, kind="task", by=by, at=at, verb="change")
    title, steps = " ".join(new.title.split()), _lines(new.steps)
    if new.kind not in KIND:
        raise Cannot("Choose what it is about.", field="kind")
    if not title:
        raise Cannot("Say in a few words what is to be arranged.", field="title")
    if len(title) > LONGEST_TITLE:
        raise Cannot(f"Shorten this to {LONGEST_TITLE} characters.", field="title")
    if len(steps) > MOST_STEPS:
        raise Cannot(f"Keep it to {MOST_STEPS} steps; write a second task for the rest.", field="steps")
    if any(len(step) > LONGEST_STEP for step in steps):
        raise Cannot(f"Keep each step under {LONGEST_STEP} characters.", field="steps")
    owner = owner_of(new.owner, by=by)
    _check_day(new.due, found, by=by, at=at)
    task = Task.objects.create(
        organization_id=by.organization,
        patient=found,
        kind=new.kind,
        title=title,
        words=new.words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    _hand_over(task, owner, new.due, by=by, at=at)
    for step in steps:
        _add_step(task, step, by=by, at=at)
    return task.uid


@transaction.atomic
def hand_over_task(task: UUID, *, owner: UUID | None, due: date, by: Actor, at: datetime) -> None:
    """Give a task to somebody else, or another day; None keeps it with who acts."""
    row = _open(task, by=by, at=at)
    _check_day(due, row.patient, by=by, at=at)
    _hand_over(row, owner_of(owner, by=by), due, by=by, at=at)


@transaction.atomic
def add_task_step(task: UUID, text: str, *, by: Actor, at: datetime) -> None:
    """Add a step at the end."""
    row, text = _open(task, by=by, at=at), " ".join(text.split())
    if not text:
        raise Cannot("Write the step.", field="text")
    if len(text) > LONGEST_STEP:
        raise Cannot(f"Shorten this to {LONGEST_STEP} characters.", field="text")
    if TaskStep.objects.filter(task=row).count() >= MOST_STEPS:
        raise Cannot(
            f"A task has at most {MOST_STEPS} steps. Write a second task for the rest.", field="text"
        )
    _add_step(row, text, by=by, at=at)


@transaction.atomic
def finish_task_step(task: UUID, step: UUID, *, by: Actor, at: datetime) -> None:
    """Tick a step. Ticked twice it stays as it was."""
    row = _open(task, by=by, at=at)
    found = TaskStep.objects.filter(task=row, uid=step).first()
    if found is None:
        raise Absent("step")
    if found.done_at is None:
        found.done_at, found.done_by_id = at, by.account
        found.save(update_fields=["done_at", "done_by"])


@transaction.atomic
def end_task(task: UUID, *, outcome: str, words: str = "", by: Actor, at: datetime) -> None:
    """End a task with what came of it."""
    row = _open(task, by=by, at=at)
    if outcome not in OUTCOMES:
        raise Cannot("Choose what came of it.", field="outcome")
    if len(words) > LONGEST_WORDS:
        raise Cannot(f"Shorten this to {LONGEST_WORDS} characters.", field="words")
    if outcome != "arranged" and not words.strip():
        raise Cannot("Say in a sentence why, so that the next one needn't ask again.", field="words")
    TaskOutcome.objects.create(
        organization_id=by.organization,
        task=row,
        outcome=outcome,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )


def owner_of(owner: UUID | None, *, by: Actor) -> Account:
    """The account that gets a task: someone on the staff. Raises `Cannot`."""
    rows = Account.objects.filter(organization_id=by.organization)
    who = owner or by.account_uid
    found = rows.filter(uid=who).first() if who else None
    held = RoleGrant.objects.filter(account=found, role__in=STAFF, ended_at__isnull=True)
    if found is None or not held.exists():
        raise Cannot("Choose who on the staff does it.", field="owner")
    return found


def _check_day(due: date, patient: Patient, *, by: Actor, at: datetime) -> None:
    site = site_of(patient)
    today = local_day(at, site.time_zone if site else by.time_zone)
    if due < today:
        raise Cannot("The day lies in the past. Choose today or a day to come.", field="due")
    if due > today + FARTHEST:
        raise Cannot("The day is more than a year away. Choose a nearer one.", field="due")


def _hand_over(task: Task, owner: Account, due: date, *, by: Actor, at: datetime) -> None:
    TaskHandover.objects.create(
        organization_id=by.organization,
        task=task,
        owner=owner,
        due_date=due,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _add_step(task: Task, text: str, *, by: Actor, at: datetime) -> None:
    TaskStep.objects.create(
        organization_id=by.organization, task=task, text=text, recorded_by_id=by.account, recorded_at=at
    )


def _open(task: UUID, *, by: Actor, at: datetime) -> Task:
    """A task that still goes on, held for this change."""
    rows = Task.objects.select_for_update(of=("self",)).select_related("patient")
    row = rows.filter(organization_id=by.organization, uid=task).first()
    if row is None:
        raise Absent("task")
    open_patient(row.patient, kind="task", by=by, at=at, verb="change")
    if TaskOutcome.objects.filter(task=row).exists():
        raise Cannot("This task is over. Write a new one if it comes up again.")
    return row


def _lines(steps: Sequence[str]) -> list[str]:
    return [" ".join(step.split()) for step in steps if step.strip()]
