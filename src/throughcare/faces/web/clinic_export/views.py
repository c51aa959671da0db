"""Exports of the whole clinic: what was asked for, asking, and the second person's answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.clinic_export.forms import AnswerForm, AskForm
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.clinic_export.asking import (
    ASK,
    answer_export,
    ask_for_export,
    exports,
    hours_it_holds,
)

COLUMNS = tuple(Column(title) for title in ("Asked for", "What for", "Answer", "State", "Command"))


def overview(request: StaffRequest) -> HttpResponse:
    """Every request with its answer; the command for one that is allowed."""
    by = request.actor
    context = {
        "exports": exports(by=by, at=timezone.now()),
        "columns": COLUMNS,
        "may_ask": by.holds(*ASK),
    }
    return render(request, "clinic_export/overview.html", context)


@once
def new(request: StaffRequest) -> HttpResponse:
    """Ask for one."""
    form = AskForm(request.POST or None)
    if form.is_valid():
        try:
            ask_for_export(reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now())
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "Asked for. Somebody else allows or refuses it here.")
            return redirect("clinic_exports")
    lead = "Everything that is known about everyone leaves the program's protection. The privacy officer is told now."
    return _form(request, form, title="Ask for an export", lead=lead, submit="Ask for it")


@once
def answer(request: StaffRequest, export: UUID) -> HttpResponse:
    """Allow or refuse what somebody else asked for."""
    by, now = request.actor, timezone.now()
    known = next((one for one in exports(by=by, at=now) if one.uid == export), None)
    if known is None:
        raise Absent("export")
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            answer_export(export, yes=said["answer"] == "yes", words=said["words"], by=by, at=now)
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "It is written down.")
            return redirect("clinic_exports")
    title = f"Export asked for by {known.asked_by}"
    lead = f"{known.reason.rstrip('.')}. A yes holds for {hours_it_holds(by.organization, at=now)} hours."
    return _form(request, form, title=title, lead=lead, submit="Write it down")


def _form(request: StaffRequest, form: Form, *, title: str, lead: str, submit: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit,
        "back": reverse("clinic_exports"),
        "trail": [("Export", reverse("clinic_exports"))],
    }
    return render(request, "clinic/ask.html", context, status=422 if form.errors else 200)
