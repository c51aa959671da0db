"""Agreements, read and signed one at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.admission.forms import SignForm
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.care_plan.admission_tasks import AdmissionTasks, admission_tasks
from throughcare.pathway.episode.agreements import read_agreement, sign_agreement
from throughcare.pathway.privacy import may_access


@once
def agreement(request: StaffRequest, patient: UUID, kind: str) -> HttpResponse:
    """One document in full; the person signs it here."""
    by, now = request.actor, timezone.now()
    tasks = _tasks(patient, by=by)
    document = read_agreement(tasks.episode, kind, by=by, at=now)
    form = SignForm(request.POST or None, initial={"seen": document.digest})
    if form.is_valid():
        try:
            sign_agreement(
                tasks.episode,
                kind,
                signed_name=form.cleaned_data["signed_name"],
                seen=form.cleaned_data["seen"],
                by=by,
                at=now,
            )
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, f"“{document.title}” is signed.")
            return _next(patient, by=by)
    context = {
        "form": form,
        "document": document,
        "tasks": tasks,
        "may_sign": may_access("episode", by=by, verb="change"),
        **chart(patient, current="story", by=by, at=now),
    }
    return render(request, "admission/agreement.html", context, status=422 if form.errors else 200)


def printed(request: StaffRequest, patient: UUID, kind: str) -> HttpResponse:
    """One document on paper, with its signature."""
    by, now = request.actor, timezone.now()
    tasks = _tasks(patient, by=by)
    document = read_agreement(tasks.episode, kind, by=by, at=now)
    context = {"document": document, "tasks": tasks, **chart(patient, current="story", by=by, at=now)}
    return render(request, "admission/agreement_print.html", context)


def _next(patient: UUID, *, by: Actor) -> HttpResponse:
    """The next document that must be signed, else the list."""
    tasks = _tasks(patient, by=by)
    waiting = next((line for line in tasks.agreements if line.required and line.signed_at is None), None)
    return redirect("agreement", patient, waiting.kind) if waiting else redirect("admission", patient)


def _tasks(patient: UUID, *, by: Actor) -> AdmissionTasks:
    tasks = admission_tasks(patient, by=by, at=timezone.now())
    if tasks is None:
        raise Http404
    return tasks
