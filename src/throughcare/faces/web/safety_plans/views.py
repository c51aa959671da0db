"""The plans on a patient's chart: what stands, when it is read again, written together, on paper."""

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
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.safety_plans.forms import PlanForm, ReadAgainForm
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Absent
from throughcare.pathway.safety_plan.reading import OwnPlans, PlanOnPage, plans_of
from throughcare.pathway.safety_plan.versions import plan_history, plan_version
from throughcare.pathway.safety_plan.writing import read_plan_again, save_plan


def safety(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Both plans as they stand."""
    by, now = request.actor, timezone.now()
    found = plans_of(patient, by=by, at=now)
    context = {
        **chart(patient, current="safety", by=by, at=now),
        "plans": [
            (page, plan_history(patient, page.kind, by=by, at=now) if page.plan else ())
            for page in found.both
        ],
    }
    return render(request, "safety_plans/safety.html", context)


@once
def write(request: StaffRequest, patient: UUID, kind: str) -> HttpResponse:
    """Write a plan together, or change it."""
    by, now = request.actor, timezone.now()
    page = page_of(plans_of(patient, by=by, at=now), kind)
    form = PlanForm(page, request.POST or None)
    if form.is_valid() and attempt(form, lambda: save_plan(patient, kind, form.plan, by=by, at=now)):
        messages.success(request, "Saved. The person has it on their phone at once; print it for them too.")
        return redirect("patient_safety", patient)
    return _page(request, "write", patient, form, {"page": page})


@once
def read_again(request: StaffRequest, patient: UUID, kind: str) -> HttpResponse:
    """Write down that it was read through together and stands."""
    by, now = request.actor, timezone.now()
    page = page_of(plans_of(patient, by=by, at=now), kind)
    form = ReadAgainForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: read_plan_again(patient, kind, **form.cleaned_data, by=by, at=now)
    ):
        messages.success(request, "Written down: it was read again today and stands.")
        return redirect("patient_safety", patient)
    return _page(request, "read_again", patient, form, {"page": page})


def on_paper(request: StaffRequest, patient: UUID, kind: str) -> HttpResponse:
    """One page in large letters, for the person to keep."""
    found = plans_of(patient, by=request.actor, at=timezone.now())
    return paper(request, found, kind)


def version(request: StaffRequest, patient: UUID, kind: str, number: int) -> HttpResponse:
    """A version as it stood."""
    by, now = request.actor, timezone.now()
    context = {
        **chart(patient, current="safety", by=by, at=now),
        "plan": plan_version(patient, kind, number, by=by, at=now),
        "trail": [("Safety", reverse("patient_safety", args=[patient]))],
    }
    return render(request, "safety_plans/version.html", context)


def page_of(found: OwnPlans, kind: str) -> PlanOnPage:
    """The plan of this kind. Raises `Absent`."""
    page = next((one for one in found.both if one.kind == kind), None)
    if page is None:
        raise Absent("plan")
    return page


def paper(request: StaffRequest, found: OwnPlans, kind: str) -> HttpResponse:
    """The page to print."""
    page = page_of(found, kind)
    if page.plan is None:
        raise Absent("plan")
    context = {
        "page": page,
        "plan": page.plan,
        # At home the paper names its owner and no clinic.
        "organization": found.name,
        "printed_at": timezone.now(),
    }
    return render(request, "safety_plans/paper.html", context)


def _page(
    request: StaffRequest, template: str, patient: UUID, form: Form, context: dict[str, Any]
) -> HttpResponse:
    context |= {
        **chart(patient, current="safety", by=request.actor, at=timezone.now()),
        "form": form,
        "back": reverse("patient_safety", args=[patient]),
        "trail": [("Safety", reverse("patient_safety", args=[patient]))],
    }
    return render(request, f"safety_plans/{template}.html", context, status=422 if form.errors else 200)
