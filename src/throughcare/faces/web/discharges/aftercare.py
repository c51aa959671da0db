"""Visits after discharge: planned, and found out whether they were kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.discharges.forms import VisitForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.aftercare.calls import list_calls
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.discharge.aftercare import (
    list_aftercare,
    open_aftercare,
    plan_aftercare,
    record_aftercare,
)
from throughcare.pathway.privacy import may_access
from throughcare.pathway.way_back.those_coming import list_coming

VISITS = (Column("Patient"), Column("Visit"), Column("With whom"), Column("Phone"), Column("Kept?"))
CALLS = (
    Column("Patient"),
    Column("Why"),
    Column("Who calls"),
    Column("By"),
    Column("Tried"),
    Column("Actions", unseen=True),
)
BACK = (Column("Patient"), Column("Asked"), Column("Settle by"), Column("Free seat told of"))
WITHOUT = (
    Column("Patient"),
    Column("Left"),
    Column("Reason"),
    Column("Next place"),
    Column("Actions", unseen=True),
)


def visits(request: StaffRequest) -> HttpResponse:
    """The visits to ask about, those to come, and people who left without one."""
    by, now = request.actor, timezone.now()
    context = {
        "found": list_aftercare(by=by, at=now),
        "coming_back": list_coming(by=by, at=now) if may_access("aftercare", by=by) else (),
        "calls": list_calls(by=by, at=now) if may_access("aftercare", by=by) else (),
        "call_columns": CALLS,
        "back_columns": BACK,
        "may_call": may_access("aftercare", by=by, verb="change"),
        "numbers_url": way("aftercare_numbers", by=by),
        "visit_columns": VISITS,
        "without_columns": WITHOUT,
        "may_record": may_access("discharge", by=by, verb="change"),
    }
    return render(request, "discharges/aftercare.html", context)


@once
def record(request: StaffRequest, visit: UUID) -> HttpResponse:
    """Write down whether a visit was kept."""
    answer = request.POST.get("kept")
    if answer not in ("yes", "no"):
        messages.error(request, "Say whether the visit was kept.")
        return redirect("aftercare")
    record_aftercare(visit, kept=answer == "yes", by=request.actor, at=timezone.now())
    messages.success(request, f"Written down: the visit was {'kept' if answer == 'yes' else 'not kept'}.")
    return redirect("aftercare")


@once
def plan(request: StaffRequest, episode: UUID) -> HttpResponse:
    """Plan the visit that follows."""
    by, now = request.actor, timezone.now()
    whose = open_aftercare(episode, by=by, at=now)
    with timezone.override(whose.time_zone):
        form = VisitForm(request.POST or None)
        if form.is_valid():
            try:
                plan_aftercare(episode, **form.cleaned_data, by=by, at=now)
            except Cannot as cannot:
                form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
            else:
                messages.success(request, "The visit is planned.")
                return redirect("aftercare")
        context = {
            "form": form,
            "visits": whose.visits,
            **chart(whose.patient, current="story", by=by, at=now),
        }
        return render(request, "discharges/plan_visit.html", context, status=422 if form.errors else 200)
