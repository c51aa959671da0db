"""Get help now: crisis lines first, then one button; afterwards what became of the call, as it happens."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.away.caller import caller_for, key_of
from throughcare.faces.web.crisis.forms import HelpForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.crisis.kept_calls import ABOUT, OWN
from throughcare.pathway.crisis.own import (
    OwnCall,
    call_about,
    call_for_help,
    calls_about,
    own_calls,
    own_mark,
)
from throughcare.pathway.family.family import my_relations


@once
def mine(request: StaffRequest) -> HttpResponse:
    """The person's own help page. It looks for news by itself; without any no record is opened."""
    by, now = request.actor, timezone.now()

    def call(words: str, callback: str, key: str) -> UUID:
        return call_for_help(words, callback, key=key, by=by, at=now)

    mark = own_mark(by=by)
    if _no_news(request, mark):
        return HttpResponse(status=204)
    form = HelpForm(request.POST or None, initial=caller_for(request, OWN))
    return _page(request, form, reverse("my_help"), call, lambda: own_calls(by=by, at=now), mark)


@once
def about(request: StaffRequest, patient: UUID) -> HttpResponse:
    """The help page of somebody near to a person: their own calls, and nothing of the person's."""
    by, now = request.actor, timezone.now()

    def call(words: str, callback: str, key: str) -> UUID:
        return call_about(patient, words, callback, key=key, by=by, at=now)

    calls = calls_about(patient, by=by, at=now) if request.method != "POST" else ()
    mark = own_mark(by=by, patient=patient)
    if _no_news(request, mark):
        return HttpResponse(status=204)
    here = reverse("family_help_for", args=[patient])
    form = HelpForm(request.POST or None, initial=caller_for(request, ABOUT, patient))
    return _page(request, form, here, call, lambda: calls, mark, for_another=True)


def choose(request: StaffRequest) -> HttpResponse:
    """About whom?"""
    relations = my_relations(by=request.actor, at=timezone.now())
    if len(relations) == 1:
        return redirect("family_help_for", relations[0].patient)
    return render(request, "crisis/family_help.html", {"relations": relations})


def _no_news(request: StaffRequest, mark: str) -> bool:
    return bool(request.headers.get("HX-Request")) and request.GET.get("seen") == mark


def _page(
    request: StaffRequest,
    form: HelpForm,
    here: str,
    call: Callable[[str, str, str], UUID],
    calls: Callable[[], tuple[OwnCall, ...]],
    mark: str,
    **more: Any,
) -> HttpResponse:
    if form.is_valid():
        # The form's own key: a press that is sent again, from a tunnel or twice in a hurry, calls once.
        call(form.cleaned_data["words"], form.cleaned_data["callback"], key_of(request, OWN))
        return redirect(f"{here}#calls")
    made = calls()
    context = {
        "form": form,
        "calls": made,
        "mark": mark,
        "here": here,
        "waits": any(not one.is_over for one in made),
        "now": timezone.now(),
        "help_is_here": True,
        **more,
    }
    return render(request, "crisis/help.html", context, status=422 if form.errors else 200)
