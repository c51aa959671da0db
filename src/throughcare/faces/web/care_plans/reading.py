"""The plan as a document: read, started, edited, put aside."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.care_plan.care_plan import discard_plan, rewrite_plan, start_plan
from throughcare.pathway.care_plan.care_plan_view import care_plan_view, version_view
from throughcare.pathway.care_plan.plan_review import reviews_of
from throughcare.pathway.own_goal.taking_up import goals_they_set, take_up_goal


def care_plan(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The plan in force, the draft beside it, its history and reviews."""
    by, now = request.actor, timezone.now()
    page = care_plan_view(patient, by=by, at=now)
    context = {
        "page": page,
        "plan": page.shown if page else None,
        "reviews": reviews_of(page.episode, by=by, at=now) if page else (),
        "overdue": bool(page and page.due and page.due.is_overdue(page.on)),
        "own_goals": goals_they_set(patient, by=by, at=now),
        **chart(patient, current="plan", by=by, at=now),
    }
    return render(request, "care_plans/plan.html", context)


def version(request: StaffRequest, version: UUID) -> HttpResponse:
    """One version as it is or was."""
    return _document(request, version, "care_plans/version.html")


def printed(request: StaffRequest, version: UUID) -> HttpResponse:
    """One version on paper."""
    return _document(request, version, "care_plans/print.html")


def edit(request: StaffRequest, version: UUID) -> HttpResponse:
    """A draft with a link at each line, and what stands against signing it."""
    return _document(request, version, "care_plans/edit.html")


def _document(request: StaffRequest, version: UUID, template: str) -> HttpResponse:
    by, now = request.actor, timezone.now()
    plan = version_view(version, by=by, at=now)
    if template.endswith("edit.html") and (plan.status != "draft" or plan.signatures):
        return redirect("plan_version", version)
    context = {
        "plan": plan,
        "own_goals": goals_they_set(plan.patient, by=by, at=now) if plan.status == "draft" else (),
        "version_words": f"Version {plan.number}",
        **chart(plan.patient, current="plan", by=by, at=now),
    }
    return render(request, template, context)


@once
def start(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Start a draft, or go on with the one that is open."""
    by, now = request.actor, timezone.now()
    page = care_plan_view(patient, by=by, at=now)
    if page is None:
        raise Absent("episode")
    return redirect("edit_plan", start_plan(page.episode, by=by, at=now))


@once
def take_up(request: StaffRequest, version: UUID, goal: UUID) -> HttpResponse:
    """Put a goal that the person set themself under a problem of the draft."""
    problem = request.POST.get("problem", "")
    try:
        take_up_goal(version, goal, problem=UUID(problem), by=request.actor, at=timezone.now())
    except ValueError as wrong:
        raise Absent("problem") from wrong
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, "It stands in the draft, word for word. Add an objective to it.")
    return redirect("edit_plan", version)


@once
def discard(request: StaffRequest, version: UUID) -> HttpResponse:
    """Put a draft aside."""
    by, now = request.actor, timezone.now()
    plan = version_view(version, by=by, at=now)
    discard_plan(version, by=by, at=now)
    messages.success(request, f"Version {plan.number} is put aside. It stays readable in the history.")
    return redirect("care_plan", plan.patient)


@once
def rewrite(request: StaffRequest, version: UUID) -> HttpResponse:
    """Go on from a draft that one party signed."""
    again = rewrite_plan(version, by=request.actor, at=timezone.now())
    messages.success(request, "A new version with the same lines is open. Both sign it again.")
    return redirect("edit_plan", again)
