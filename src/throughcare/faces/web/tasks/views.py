"""Tasks on a patient's chart."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.tasks.forms import EndForm, HandOverForm, TaskForm
from throughcare.faces.web.ways import way
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.task.referral_out_views import referrals_out_of
from throughcare.pathway.task.task_views import TaskLine, staff_choices, task_line, tasks_of
from throughcare.pathway.task.tasks import (
    add_task_step,
    end_task,
    finish_task_step,
    hand_over_task,
    write_task,
)

OPEN = (Column("What"), Column("By"), Column("Next step"), Column("Whose"))
OVER = (Column("What"), Column("Ended"), Column("What came of it"))
OUT = (Column("To"), Column("Stands at"), Column("Waits for"), Column("Whose"))


def tasks(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What is arranged for a person: tasks, referrals to others, letters."""
    by, now = request.actor, timezone.now()
    context = {
        **chart(patient, current="tasks", by=by, at=now),
        "found": tasks_of(patient, by=by, at=now),
        "referrals": referrals_out_of(patient, by=by, at=now),
        "open_columns": OPEN,
        "over_columns": OVER,
        "out_columns": OUT,
        "new_url": way("new_task", patient, by=by),
        "refer_url": way("new_referral_out", patient, by=by),
        "letters_url": way("letters", patient, by=by),
    }
    return render(request, "tasks/tasks.html", context)


@once
def new(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Write a task down."""
    by, now = request.actor, timezone.now()
    form = TaskForm(request.POST or None, staff=staff_choices(by=by), initial={"owner": str(by.account_uid)})
    made: list[UUID] = []
    if form.is_valid() and attempt(form, lambda: made.append(write_task(patient, form.task, by=by, at=now))):
        messages.success(request, "The task is written down.")
        return redirect("task", patient, made[0])
    return _form_page(request, patient, form, title="New task", submit="Write it down")


def task(request: StaffRequest, patient: UUID, task: UUID) -> HttpResponse:
    """One task with its steps."""
    by, now = request.actor, timezone.now()
    context = {
        **chart(patient, current="tasks", by=by, at=now),
        "task": task_line(patient, task, by=by, at=now),
        "may_change": bool(way("end_task", patient, task, by=by)),
        "trail": _trail(patient),
    }
    return render(request, "tasks/task.html", context)


@once
def add_step(request: StaffRequest, patient: UUID, task: UUID) -> HttpResponse:
    """Add a step."""
    by, now = request.actor, timezone.now()
    task_line(patient, task, by=by, at=now)
    return _say(
        request, patient, task, lambda: add_task_step(task, request.POST.get("text", ""), by=by, at=now), ""
    )


@once
def step(request: StaffRequest, patient: UUID, task: UUID, step: UUID) -> HttpResponse:
    """Tick a step."""
    by, now = request.actor, timezone.now()
    task_line(patient, task, by=by, at=now)
    return _say(request, patient, task, lambda: finish_task_step(task, step, by=by, at=now), "Done.")


@once
def hand_over(request: StaffRequest, patient: UUID, task: UUID) -> HttpResponse:
    """Give a task to somebody else, or another day."""
    by, now = request.actor, timezone.now()
    line = task_line(patient, task, by=by, at=now)
    form = HandOverForm(request.POST or None, staff=staff_choices(by=by), initial={"due": line.due})
    if form.is_valid() and attempt(
        form,
        lambda: hand_over_task(
            task, owner=UUID(form.cleaned_data["owner"]), due=form.cleaned_data["due"], by=by, at=now
        ),
    ):
        messages.success(request, "Handed over.")
        return redirect("task", patient, task)
    return _form_page(request, patient, form, title="Hand over", submit="Hand it over", line=line)


@once
def end(request: StaffRequest, patient: UUID, task: UUID) -> HttpResponse:
    """End a task with what came of it."""
    by, now = request.actor, timezone.now()
    line = task_line(patient, task, by=by, at=now)
    form = EndForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: end_task(task, **form.cleaned_data, by=by, at=now)):
        messages.success(request, "The task is over.")
        return redirect("patient_tasks", patient)
    return _form_page(request, patient, form, title="What came of it?", submit="End the task", line=line)


def _say(request: StaffRequest, patient: UUID, task: UUID, act: Any, said: str) -> HttpResponse:
    try:
        act()
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        if said:
            messages.success(request, said)
    return redirect("task", patient, task)


def _form_page(
    request: StaffRequest, patient: UUID, form: Form, *, title: str, submit: str, line: TaskLine | None = None
) -> HttpResponse:
    back = reverse("task", args=[patient, line.uid]) if line else reverse("patient_tasks", args=[patient])
    context = {
        **chart(patient, current="tasks", by=request.actor, at=timezone.now()),
        "form": form,
        "title": title,
        "submit": submit,
        "above": line.title if line else "",
        "back": back,
        "trail": _trail(patient),
    }
    return render(request, "tasks/form.html", context, status=422 if form.errors else 200)


def _trail(patient: UUID) -> list[tuple[str, str]]:
    return [("Tasks", reverse("patient_tasks", args=[patient]))]
