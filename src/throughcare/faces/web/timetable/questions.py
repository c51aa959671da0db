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
from throughcare.pathway.timetable.asking import Contradiction, Contradicts
from throughcare.pathway.timetable.planners import sites_to_plan
from throughcare.pathway.timetable.proposals import ask_what_if, proposal_choices
from throughcare.pathway.timetable.repairs import ask_for_repair
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
    best = request.POST.get("action") == "best"
    choices = proposal_choices(site, monday, by=by, at=now)
    form = WhatIfForm(choices, None if best else request.POST or None)
    if best:
        form = WhatIfForm(choices, {**dict(request.POST.items()), "kind": "close"})
        asked = Form(request.POST)
        return _answer(
            request,
            asked,
            "timetable/what_if.html",
            lambda: ask_what_if(site, monday, None, by=by, at=now),
            {"sites": sites, "monday": monday, "form": form},
        )
    return _answer(
        request,
        form,
        "timetable/what_if.html",
        lambda: ask_what_if(site, monday, form.proposed(), by=by, at=now),
        {"sites": sites, "monday": monday},
    )


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
