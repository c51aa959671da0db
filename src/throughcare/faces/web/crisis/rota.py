"""Who is on call: the turns to come with their gaps, swaps, handover notes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.crisis.forms import HandoverForm, SwapForm, TurnsForm
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.on_call.handover import leave_handover, read_handover
from throughcare.pathway.on_call.planning import PLANS, NewRota, NewSwap, plan_rota
from throughcare.pathway.on_call.planning import swap as take_stretch
from throughcare.pathway.on_call.views import RotaPage, on_call_now, rota_page

PLANNERS = PLANS - {"program"}
TURNS = [Column(title) for title in ("When", "Line", "Who", "Holidays in it")]
SWAPS = [Column(title) for title in ("When", "Line", "Who took it", "Why", "Written by")]


def sites(request: StaffRequest) -> HttpResponse:
    """Who is on call now, site by site."""
    now = on_call_now(by=request.actor, at=timezone.now())
    if len(now) == 1:
        return redirect("rota", now[0].site)
    return render(request, "crisis/on_call.html", {"sites": now})


def site(request: StaffRequest, site: UUID) -> HttpResponse:
    """One site's rota for eight weeks."""
    by = request.actor
    context = {
        "rota": rota_page(site, by=by, at=timezone.now()),
        "turn_columns": TURNS,
        "swap_columns": SWAPS,
        "plan_url": way("plan_rota", site, by=by),
        "swap_url": way("swap_on_call", site, by=by),
        "leave_url": way("leave_handover", site, by=by),
    }
    return render(request, "crisis/rota.html", context)


@once
def plan(request: StaffRequest, site: UUID) -> HttpResponse:
    """Plan turns; a gap is refused."""
    by, now = request.actor, timezone.now()
    found = rota_page(site, by=by, at=now)
    form = TurnsForm(_people(found), request.POST or None, initial={"changes_at": "08:00", "turn_days": 7})
    if form.is_valid():
        said = form.cleaned_data
        turns = NewRota(
            said["first_day"],
            said["changes_at"],
            said["turn_days"],
            [UUID(one) for one in said["primary"]],
            [UUID(one) for one in said["backup"]],
        )
        if _done(form, lambda: plan_rota(site, turns, by=by, at=now)):
            messages.success(request, "Planned. It goes on until you plan anew.")
            return redirect("rota", site)
    return _ask(request, found, form, "Plan turns", "Plan them")


@once
def swap(request: StaffRequest, site: UUID) -> HttpResponse:
    """Take a stretch; a gap is refused."""
    by, now = request.actor, timezone.now()
    found = rota_page(site, by=by, at=now)
    form = SwapForm(_people(found), request.POST or None, initial={"account": str(by.account_uid)})
    if form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        taken = NewSwap(**{**said, "account": UUID(said["account"])})
        if _done(form, lambda: take_stretch(site, taken, by=by, at=now)):
            messages.success(request, "Swapped.")
            return redirect("rota", site)
    return _ask(request, found, form, "Swap a stretch", "Swap it")


@once
def leave(request: StaffRequest, site: UUID) -> HttpResponse:
    """Leave a handover note."""
    by, now = request.actor, timezone.now()
    found = rota_page(site, by=by, at=now)
    form = HandoverForm(request.POST or None)
    if form.is_valid() and _done(
        form, lambda: leave_handover(site, form.cleaned_data["words"], by=by, at=now)
    ):
        messages.success(request, "It stands on the crisis desk until somebody has read it.")
        return redirect("rota", site)
    return _ask(request, found, form, "Hand over", "Hand it over")


@once
def read(request: StaffRequest, handover: UUID) -> HttpResponse:
    """I have read it."""
    read_handover(handover, by=request.actor, at=timezone.now())
    return redirect("crisis_desk")


def _people(found: RotaPage) -> list[tuple[str, str]]:
    return [(str(uid), name) for uid, name in found.people]


def _done(form: Form, work: Any) -> bool:
    """Do it; what is refused stands on the form."""
    try:
        work()
    except CannotSee:
        raise
    except Cannot as cannot:
        form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        return False
    return True


def _ask(request: StaffRequest, found: RotaPage, form: Form, title: str, submit: str) -> HttpResponse:
    context = {"rota": found, "form": form, "title": title, "submit": submit}
    return render(request, "crisis/plan.html", context, status=422 if form.errors else 200)
