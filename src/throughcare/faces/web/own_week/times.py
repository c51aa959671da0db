"""My own times: work, school, children; and when I would rather not come."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.languages import said
from throughcare.faces.web.once import once
from throughcare.faces.web.own_week.forms import OwnTimeForm, OwnWishesForm, as_initial
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.own_week import AGREED
from throughcare.knowledge.verdict import Refused, Verdict
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.own_week.times import (
    add_own_time,
    end_own_time,
    own_times,
    take_ask_back,
    wish_own_week,
)
from throughcare.pathway.privacy.own_record import own_patient


def times(request: StaffRequest) -> HttpResponse:
    """What my week holds, and what I asked for."""
    context = {"mine": own_times(by=request.actor, at=timezone.now()), "agreed": AGREED}
    return render(request, "own_week/times.html", context)


@once
def add(request: StaffRequest) -> HttpResponse:
    """Add a time of my own."""
    by, now = request.actor, timezone.now()
    form, answers = OwnTimeForm(request.POST or None), []

    def act() -> None:
        answers.append(
            add_own_time(
                own_patient(by=by), form.commitment(), words=form.cleaned_data["words"], by=by, at=now
            )
        )

    if form.is_valid() and attempt(form, act):
        _say(request, answers[0], _("It is in your week. No session is placed over it from now on."))
        return redirect("my_times")
    return render(request, "own_week/new_time.html", {"form": form}, status=422 if form.errors else 200)


@once
def end(request: StaffRequest, commitment: UUID) -> HttpResponse:
    """End a time of my own."""
    try:
        verdict = end_own_time(own_patient(by=request.actor), commitment, by=request.actor, at=timezone.now())
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        _say(request, verdict, _("It is out of your week."))
    return redirect("my_times")


def _say(request: StaffRequest, verdict: Verdict, done: str) -> None:
    """It counts now, or it waits for the team and why."""
    if isinstance(verdict, Refused):
        asked = _("We have asked your team.")
        messages.info(request, f"{asked} {said(verdict.because)}")
    else:
        messages.success(request, done)


@once
def take_back(request: StaffRequest, ask: UUID) -> HttpResponse:
    """I no longer want what I asked for."""
    take_ask_back(ask, by=request.actor, at=timezone.now())
    messages.success(request, _("Taken back."))
    return redirect("my_times")


@once
def wishes(request: StaffRequest) -> HttpResponse:
    """When I would rather not come: it counts at once for every week that is planned from now on."""
    by, now = request.actor, timezone.now()
    mine = own_times(by=by, at=now)
    known = mine.wishes.wishes
    form = OwnWishesForm(request.POST or None, initial=as_initial(known))
    if form.is_valid() and attempt(
        form, lambda: wish_own_week(mine.patient, form.wishes(known), by=by, at=now)
    ):
        messages.success(request, _("Saved. Weeks that are planned from now on keep it in mind."))
        return redirect("my_times")
    return render(request, "own_week/wishes.html", {"form": form}, status=422 if form.errors else 200)
