"""Runs: asking for a week, watching it get better, stopping it, starting it again."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.timetable.curve import curve, in_words, told
from throughcare.faces.web.timetable.forms import SolveForm
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.actor import Actor
from throughcare.pathway.clinic.clinic_views import today_at_clinic
from throughcare.pathway.timetable.asking.effects import effects_of
from throughcare.pathway.timetable.asking.whole_week import Contradiction, Contradicts, ask_for_week
from throughcare.pathway.timetable.planners import sites_to_plan
from throughcare.pathway.timetable.runs.run import start_again, stop_run
from throughcare.pathway.timetable.runs.views import RunView, run_view, runs_of

COLUMNS = (
    Column("Run"),
    Column("Week"),
    Column("State"),
    Column("Hours met", numbers=True),
    Column("Below their least", numbers=True),
    Column("Plans"),
)
STEP_COLUMNS = (
    Column("After"),
    Column("Hours met", numbers=True),
    Column("Below their least", numbers=True),
    Column("Cost", numbers=True),
    Column("Proven bound", numbers=True),
)


@once
def timetable(request: StaffRequest) -> HttpResponse:
    """Every run of the site, and the form that asks for a week."""
    by, now = request.actor, timezone.now()
    sites = sites_to_plan(by=by)
    if not sites:
        return redirect("week_board")
    form = SolveForm(sites, request.POST or None, initial=_initial(by, now))
    contradictions: list[Contradiction] = []
    asked: list[UUID] = []

    def ask() -> None:
        said = form.cleaned_data
        try:
            week = {"monday": form.monday, "seconds": int(said["seconds"]), "seed": said["seed"]}
            asked.append(ask_for_week(form.site, **week, by=by, at=now))
        except Contradicts as against:
            contradictions.extend(against.contradictions)
            raise

    if form.is_valid() and attempt(form, ask):
        return redirect("timetable_run", asked[0])
    context = {
        "form": form,
        "contradictions": contradictions,
        "runs": runs_of(None, by=by, at=now),
        "columns": COLUMNS,
        "several_sites": len(sites) > 1,
        "rules_url": reverse("week_rules", args=[sites[0][0]]),
    }
    return render(request, "timetable/runs.html", context, status=422 if form.errors else 200)


def _initial(by: Actor, now: datetime) -> dict[str, Any]:
    today = today_at_clinic(by=by, at=now)
    return {"week": today + timedelta(days=7 - today.weekday())}


def whole(request: StaffRequest, run: UUID) -> HttpResponse:
    """One run: how far it is, its curve with the numbers, its plans."""
    view = run_view(run, by=request.actor, at=timezone.now())
    context = {**_progress(view, by=request.actor), "trail": [("Timetable", reverse("timetable"))]}
    return render(request, "timetable/run.html", context)


def progress(request: StaffRequest, run: UUID) -> HttpResponse:
    """The part of the run's page that moves; the whole page for who comes without script."""
    if not request.headers.get("HX-Request"):
        return whole(request, run)
    view = run_view(run, by=request.actor, at=timezone.now())
    return render(request, "timetable/progress.html", _progress(view, by=request.actor))


def _progress(view: RunView, *, by: Actor) -> dict[str, Any]:
    return {
        "run": view,
        "curve": curve(view.steps, seconds=view.seconds, ident="curve") if view.steps else "",
        "sentence": in_words(view.steps),
        "steps": [(one, round(view.hours - one.unmet_hours, 2)) for one in told(view.steps)],
        "step_columns": STEP_COLUMNS,
        "effects": effects_of(view.uid, by=by, at=timezone.now()) if view.is_question else (),
    }


@once
def stop(request: StaffRequest, run: UUID) -> HttpResponse:
    """Be content with what there is."""
    stop_run(run, by=request.actor, at=timezone.now())
    return redirect("timetable_run", run)


@once
def again(request: StaffRequest, run: UUID) -> HttpResponse:
    """Go on with a run that was stopped or interrupted, from its best week so far."""
    start_again(run, by=request.actor, at=timezone.now())
    messages.success(request, "It waits for the worker, and begins from its best week so far.")
    return redirect("timetable_run", run)
