"""Corrections: asked for on one's own page, answered by staff."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.once import once
from throughcare.faces.web.own_record.forms import AnswerForm, CorrectionForm, DelayForm, DisagreementForm
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.privacy_tabs import privacy_tabs
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.own_record.corrections import (
    answer_correction,
    ask_for_correction,
    corrections_of,
    delay_correction,
    disagree,
    list_corrections,
    open_correction,
)
from throughcare.pathway.privacy import may_access
from throughcare.pathway.privacy.own_record import own_patient

COLUMNS = (
    Column("Person"),
    Column("About"),
    Column("Asked"),
    Column("Answer by"),
    Column("Answer"),
)


def mine(request: StaffRequest) -> HttpResponse:
    """What I asked to have corrected, and what became of it."""
    by, at = request.actor, timezone.now()
    found = corrections_of(own_patient(by=by), by=by, at=at)
    return render(request, "own_record/my_corrections.html", {"found": found})


@once
def ask(request: StaffRequest) -> HttpResponse:
    """Say what is wrong and what it should say."""
    by, at = request.actor, timezone.now()
    form = CorrectionForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: ask_for_correction(own_patient(by=by), **form.cleaned_data, by=by, at=at)
    ):
        messages.success(request, _("We have it. You see here what becomes of it."))
        return redirect("my_corrections")
    return render(request, "own_record/ask.html", {"form": form}, status=422 if form.errors else 200)


@once
def own_statement(request: StaffRequest, correction: UUID) -> HttpResponse:
    """Put my own statement beside what wasn't corrected."""
    by, at = request.actor, timezone.now()
    found = open_correction(correction, by=by, at=at)
    form = DisagreementForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: disagree(correction, words=form.cleaned_data["words"], by=by, at=at)
    ):
        messages.success(request, _("Your statement stands beside the record now."))
        return redirect("my_corrections")
    context = {"form": form, "one": found}
    return render(request, "own_record/statement.html", context, status=422 if form.errors else 200)


def waiting(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, the first due on top."""
    by = request.actor
    context = {
        "tabs": privacy_tabs("corrections", by=by),
        "columns": COLUMNS,
        "found": list_corrections(by=by, at=timezone.now()),
    }
    return render(request, "own_record/corrections.html", context)


@once
def answer(request: StaffRequest, correction: UUID) -> HttpResponse:
    """One request, and its answer."""
    by, at = request.actor, timezone.now()
    found = open_correction(correction, by=by, at=at)
    form = AnswerForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: answer_correction(correction, **form.cleaned_data, by=by, at=at)
    ):
        messages.success(request, "The answer stands on the person's page.")
        return redirect("corrections")
    context = {
        "form": form,
        "one": found,
        "may_answer": may_access("correction", by=by, verb="change"),
        "trail": [("Corrections", reverse("corrections"))],
    }
    return render(request, "own_record/answer.html", context, status=422 if form.errors else 200)


@once
def delay(request: StaffRequest, correction: UUID) -> HttpResponse:
    """Take more time, once."""
    by, at = request.actor, timezone.now()
    found = open_correction(correction, by=by, at=at)
    form = DelayForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: delay_correction(correction, because=form.cleaned_data["because"], by=by, at=at)
    ):
        messages.success(request, "More time is taken. The person sees why.")
        return redirect("correction", correction)
    context = {"form": form, "one": found, "trail": [("Corrections", reverse("corrections"))]}
    return render(request, "own_record/delay.html", context, status=422 if form.errors else 200)
