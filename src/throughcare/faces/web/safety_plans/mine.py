"""My plans: readable at once, every number to tap, and mine to change."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.safety_plans.forms import PlanForm
from throughcare.faces.web.safety_plans.views import page_of, paper
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.safety_plan.reading import my_plans
from throughcare.pathway.safety_plan.writing import read_plan_again, save_plan


def plans(request: StaffRequest) -> HttpResponse:
    """Both plans, the safety plan first."""
    found = my_plans(by=request.actor, at=timezone.now())
    context = {
        "found": found,
        "may_write": request.actor.holds("patient"),
        "still": True,  # nothing on it asks by itself: a phone on a slow line loads no htmx
    }
    return render(request, "safety_plans/mine.html", context)


@once
def write(request: StaffRequest, kind: str) -> HttpResponse:
    """Write my plan, or change it."""
    by, now = request.actor, timezone.now()
    found = my_plans(by=by, at=now)
    page = page_of(found, kind)
    form = PlanForm(page, request.POST or None)
    if form.is_valid() and attempt(form, lambda: save_plan(found.patient, kind, form.plan, by=by, at=now)):
        messages.success(request, _("Saved. Your team sees it too."))
        return redirect("my_safety_plan")
    context = {"form": form, "page": page, "back": reverse("my_safety_plan")}
    return render(request, "safety_plans/write_mine.html", context, status=422 if form.errors else 200)


@once
def read_again(request: StaffRequest, kind: str) -> HttpResponse:
    """I read it and it still fits."""
    by, now = request.actor, timezone.now()
    found = my_plans(by=by, at=now)
    page_of(found, kind)
    try:
        read_plan_again(found.patient, kind, by=by, at=now)
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, _("Noted: it still fits."))
    return redirect("my_safety_plan")


def on_paper(request: StaffRequest, kind: str) -> HttpResponse:
    """One page in large letters, to keep."""
    return paper(request, my_plans(by=request.actor, at=timezone.now()), kind)
