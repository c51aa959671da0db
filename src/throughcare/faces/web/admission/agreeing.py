"""Agreements, read and signed one at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.admission.forms import GuardianForm, SignForm
from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.care_plan.admission_tasks import AdmissionTasks, admission_tasks
from throughcare.pathway.episode.agreements import (
    AgreementText,
    guardians_of,
    read_agreement,
    sign_agreement,
    sign_as_guardian,
)
from throughcare.pathway.privacy import may_access


@once
def agreement(request: StaffRequest, patient: UUID, kind: str) -> HttpResponse:
    """One document in full; the person signs it here."""
    by, now = request.actor, timezone.now()
    tasks = _tasks(patient, by=by)
    document = read_agreement(tasks.episode, kind, by=by, at=now)
    if document.signed_at and document.needs_guardian and not document.guardian:
        return _guardian(request, patient, tasks, document)
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
            return redirect("agreement", patient, kind) if document.needs_guardian else _next(patient, by=by)
    return _page(request, patient, tasks, document, form)


def _page(
    request: StaffRequest, patient: UUID, tasks: AdmissionTasks, document: AgreementText, form: Form
) -> HttpResponse:
    by = request.actor
    context = {
        "form": form,
        "document": document,
        "tasks": tasks,
        "may_sign": may_access("episode", by=by, verb="change"),
        "asks_guardian": isinstance(form, GuardianForm),
        "related_url": way("new_related_person", patient, by=by),
        **chart(patient, current="story", by=by, at=timezone.now()),
    }
    return render(request, "admission/agreement.html", context, status=422 if form.errors else 200)


def _guardian(
    request: StaffRequest, patient: UUID, tasks: AdmissionTasks, document: AgreementText
) -> HttpResponse:
    """The minor has signed; now the parent or guardian does."""
    by, now = request.actor, timezone.now()
    form = GuardianForm(guardians_of(tasks.episode, by=by, at=now), request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            sign_as_guardian(
                tasks.episode,
                document.kind,
                UUID(said["guardian"]),
                signed_name=said["signed_name"],
                by=by,
                at=now,
            )
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, f"“{document.title}” is signed by both.")
            return _next(patient, by=by)
    return _page(request, patient, tasks, document, form)


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
    waiting = next((line for line in tasks.agreements if line.required and not line.is_complete), None)
    return redirect("agreement", patient, waiting.kind) if waiting else redirect("admission", patient)


def _tasks(patient: UUID, *, by: Actor) -> AdmissionTasks:
    tasks = admission_tasks(patient, by=by, at=timezone.now())
    if tasks is None:
        raise Http404
    return tasks
