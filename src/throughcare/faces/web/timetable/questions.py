"""Repairs and what-ifs: what happened to the week, what a change would do, which change would help most."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.timetable.forms import RepairForm, WhatIfForm
from throughcare.faces.web.week.answering import attempt
from throughcare.faces.web.week.days import asked_monday
from throughcare.pathway.actor import Actor
from throughcare.pathway.clinic.clinic_views import today_at_clinic
from throughcare.pathway.timetable.asking.proposals import (
    Choices,
    Proposed,
    ask_what_if,
    ask_what_if_of_plan,
    plan_choices,
    proposal_choices,
)
from throughcare.pathway.timetable.asking.repairs import ask_for_repair
from throughcare.pathway.timetable.asking.whole_week import Contradiction, Contradicts
from throughcare.pathway.timetable.planners import sites_to_plan
from throughcare.pathway.timetable.plans.views import plan_board
from throughcare.pathway.week.week_choices import week_choices


@once
def repair(request: StaffRequest) -> HttpResponse:
    """Say what went wrong; the fewest changes that mend it are looked for, and shown before any is made."""
    by, now = request.actor, timezone.now()
    site, sites = _site(request, by)
    form = RepairForm(
        week_choices(by=by, site=site),
        request.POST or None,
        initial={"day": today_at_clinic(by=by, at=now)},
    )
    return _answer(
        request,
        form,
        "timetable/repair.html",
        lambda: ask_for_repair(site, form.trouble(), by=by, at=now),
        {"sites": sites},
    )


@once
def what_if(request: StaffRequest) -> HttpResponse:
    """Pick a change, and see who would gain and who would fall short; or ask which one helps most."""
    by, now = request.actor, timezone.now()
    site, sites = _site(request, by)
    monday = _monday(request, by, now)
    choices = proposal_choices(site, monday, by=by, at=now)
    context = {"sites": sites, "monday": monday}
    return _what_if(request, choices, lambda one: ask_what_if(site, monday, one, by=by, at=now), context)


@once
def what_if_of_plan(request: StaffRequest, plan: UUID) -> HttpResponse:
    """The same of a plan that nobody has published, as if it were the week already."""
    by, now = request.actor, timezone.now()
    board = plan_board(plan, by=by, at=now)
    trail = [
        ("Timetable", reverse("timetable")),
        (board.figures.line.label, reverse("timetable_plan", args=[plan])),
    ]
    context = {"above": board.figures.line.label, "trail": trail}
    choices = plan_choices(plan, by=by)
    return _what_if(request, choices, lambda one: ask_what_if_of_plan(plan, one, by=by, at=now), context)


def _what_if(
    request: StaffRequest, choices: Choices, ask: Callable[[Proposed | None], UUID], context: dict[str, Any]
) -> HttpResponse:
    template = "timetable/what_if.html"
    if request.POST.get("action") == "best":
        form = WhatIfForm(choices, {**dict(request.POST.items()), "kind": "close"})
        return _answer(request, Form(request.POST), template, lambda: ask(None), {**context, "form": form})
    form = WhatIfForm(choices, request.POST or None)
    return _answer(request, form, template, lambda: ask(form.proposed()), context)


def _site(request: StaffRequest, by: Actor) -> tuple[UUID, list[tuple[str, str, bool]]]:
    """The site that the address asks for, or the first; and the way to the others."""
    sites = sites_to_plan(by=by)
    chosen = next((uid for uid, _ in sites if uid == request.GET.get("site")), sites[0][0])
    links = [(name, f"?site={uid}", uid == chosen) for uid, name in sites]
    return UUID(chosen), links if len(sites) > 1 else []


def _monday(request: StaffRequest, by: Actor, now: datetime) -> date:
    return asked_monday(request, today=today_at_clinic(by=by, at=now) + timedelta(days=7))


def _answer(
    request: StaffRequest, form: Form, template: str, ask: Callable[[], UUID], context: dict[str, Any]
) -> HttpResponse:
    contradictions: list[Contradiction] = []
    asked: list[UUID] = []

    def act() -> None:
        try:
            asked.append(ask())
        except Contradicts as against:
            contradictions.extend(against.contradictions)
            raise

    if form.is_valid() and attempt(form, act):
        return redirect("timetable_run", asked[0])
    trail = [("Timetable", reverse("timetable"))]
    found = {"form": form, "contradictions": contradictions, "trail": trail, **context}
    return render(request, template, found, status=422 if form.errors else 200)
