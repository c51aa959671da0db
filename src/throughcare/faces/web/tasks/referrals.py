"""Referrals to others on a patient's chart: written, sent through the disclosure book, followed to the answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.tasks.forms import KnownForm, ReferralForm
from throughcare.faces.web.ways import way
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.privacy.recipients import recipients
from throughcare.pathway.release.methods import ROWS as METHODS
from throughcare.pathway.task.referral_out_views import referral_line
from throughcare.pathway.task.referrals_out import (
    prepare_referral_out,
    record_referral_step,
    write_referral_out,
)
from throughcare.pathway.task.task_views import staff_choices


@once
def new(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Write a referral down."""
    by, now = request.actor, timezone.now()
    form = ReferralForm(
        request.POST or None,
        recipients=recipients(by=by),
        staff=staff_choices(by=by),
        initial={"owner": str(by.account_uid)},
    )
    made: list[UUID] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(write_referral_out(patient, form.referral, by=by, at=now))
    ):
        messages.success(request, "Written down. Nothing has left yet: prepare its paper, read it, send it.")
        return redirect("referral_out", patient, made[0])
    return _form_page(request, patient, form, title="Refer to others", submit="Write it down")


def referral(request: StaffRequest, patient: UUID, referral: UUID) -> HttpResponse:
    """One referral: where it stands and what is known."""
    by, now = request.actor, timezone.now()
    line = referral_line(patient, referral, by=by, at=now)
    context = {
        **chart(patient, current="tasks", by=by, at=now),
        "line": line,
        "methods": METHODS,
        "may_change": bool(way("referral_out_step", patient, referral, by=by)),
        "paper_url": way("disclosure", line.paper, by=by) if line.paper else "",
        "trail": [("Tasks", reverse("patient_tasks", args=[patient]))],
    }
    return render(request, "tasks/referral.html", context)


@once
def prepare(request: StaffRequest, patient: UUID, referral: UUID) -> HttpResponse:
    """Prepare its paper, as far as a consent lets it go."""
    by, now = request.actor, timezone.now()
    referral_line(patient, referral, by=by, at=now)
    try:
        made = prepare_referral_out(referral, method=request.POST.get("method", ""), by=by, at=now)
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
        return redirect("referral_out", patient, referral)
    messages.success(request, "It is prepared. Nothing has left yet: read it, then send it.")
    return redirect("disclosure", made)


@once
def known(request: StaffRequest, patient: UUID, referral: UUID) -> HttpResponse:
    """Write down what became known."""
    by, now = request.actor, timezone.now()
    line = referral_line(patient, referral, by=by, at=now)
    form = KnownForm(request.POST or None, steps=line.next_steps, initial={"on": timezone.localdate()})
    if form.is_valid() and attempt(
        form, lambda: record_referral_step(referral, **form.cleaned_data, by=by, at=now)
    ):
        messages.success(request, "Written down.")
        return redirect("referral_out", patient, referral)
    return _form_page(
        request, patient, form, title="What is known now?", submit="Write it down", above=line.to
    )


def _form_page(
    request: StaffRequest, patient: UUID, form: Form, *, title: str, submit: str, above: str = ""
) -> HttpResponse:
    back = reverse("patient_tasks", args=[patient])
    context = {
        **chart(patient, current="tasks", by=request.actor, at=timezone.now()),
        "form": form,
        "title": title,
        "submit": submit,
        "above": above,
        "back": back,
        "trail": [("Tasks", back)],
    }
    return render(request, "tasks/form.html", context, status=422 if form.errors else 200)
