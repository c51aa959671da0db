"""Good weeks for one person while they are on the phone, and why hours are missing."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.weeks import Block, week_grid
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import week_url
from throughcare.faces.web.week.days import asked_monday, week_links
from throughcare.faces.web.week_rules.forms import MixForm
from throughcare.knowledge.clinic_calendar import week_of
from throughcare.knowledge.planning.session_mixes import ALL as MIXES
from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.clinic.clinic_views import today_at_clinic
from throughcare.pathway.timetable.person.good_weeks import GoodWeek, good_weeks
from throughcare.pathway.timetable.person.offered_plan import plan_offered_week
from throughcare.pathway.timetable.person.week_choice import take_week
from throughcare.pathway.timetable.person.why_not import why_not
from throughcare.pathway.timetable.planners import PLANNERS


@once
def place(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Up to three good weeks, each with what it costs the others; one button makes one theirs."""
    by, now = request.actor, timezone.now()
    today = today_at_clinic(by=by, at=now)
    monday = _monday(request, today)
    refused = ""
    if request.method == "POST" and "plan" in request.POST:
        try:
            made = plan_offered_week(patient, request.POST["plan"], monday=monday, by=by, at=now)
        except CannotSee:
            raise
        except Cannot as cannot:
            refused = cannot.because
        else:
            return redirect("publish_plan", made)
    elif request.method == "POST":
        try:
            take_week(patient, request.POST.get("choice", ""), monday=monday, by=by, at=now)
        except Cannot as cannot:
            refused = cannot.because
        else:
            messages.success(request, "It is their week. The sessions are in it.")
            return redirect(f"{week_url(patient)}?week={monday.isoformat()}")
    context = {
        **chart(patient, current="week", by=by, at=now),
        **_weeks(request, patient, monday, by=by, at=now),
        "links": week_links(request, monday, today=today),
        "refused": refused,
        "plans": by.holds(*PLANNERS),
        "back": week_url(patient),
        "here": f"{request.path}?week={monday.isoformat()}",
    }
    return render(request, "week_rules/place.html", context, status=409 if refused else 200)


def why_hours_are_missing(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What keeps a person from their hours, and what would help."""
    by, now = request.actor, timezone.now()
    today = today_at_clinic(by=by, at=now)
    monday = _monday(request, today)
    found = why_not(patient, monday=monday, by=by, at=now)
    context = {
        **chart(patient, current="week", by=by, at=now),
        "found": found,
        "lead": f"{found.site_name}, week of {say_day(monday)}, {monday.year}",
        "links": week_links(request, monday, today=today),
        "back": week_url(patient),
    }
    return render(request, "week_rules/why_not.html", context)


def _monday(request: StaffRequest, today: date) -> date:
    """The week that the address asks for; a week that has begun is half over, so that the next one is usual."""
    return asked_monday(request, today=today if "week" in request.GET else week_of(today + timedelta(days=6)))


def _weeks(request: StaffRequest, patient: UUID, monday: date, *, by: Actor, at: datetime) -> dict[str, Any]:
    mix = request.GET.get("mix", "")
    found = good_weeks(patient, monday=monday, mix=mix if mix in MIXES else "", by=by, at=at)
    days = [monday + timedelta(days=n) for n in range(7)]
    mixes = [(mix.code, mix.title) for mix in found.mixes]
    return {
        "found": found,
        "lead": f"{found.site_name}, week of {say_day(monday)}, {monday.year}",
        "form": MixForm(mixes, request.GET) if mixes else None,
        "weeks": [
            (number, week, week_grid(days, _blocks(week)), f"Week {number}")
            for number, week in enumerate(found.weeks, start=1)
        ],
    }


def _blocks(week: GoodWeek) -> list[Block]:
    return [
        Block(one.day, one.starts, one.ends, one.title, one.with_whom, tone="calm") for one in week.sessions
    ]
