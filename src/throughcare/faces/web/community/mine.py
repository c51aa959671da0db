"""My community: what comes up, "I'm coming" that names me to nobody, my name there, my milestones."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.community.forms import MilestonesForm, NameForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.community import EVENT_KINDS
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.community.calendar import Happening, come_to, community_calendar, not_come_to
from throughcare.pathway.community.mentoring import my_matches
from throughcare.pathway.community.milestone import milestones_told, my_milestones, wish_for_milestones
from throughcare.pathway.community.name import choose_name


def community(request: StaffRequest) -> HttpResponse:
    """What comes up in the next weeks, and the milestones that others want told here."""
    by, now = request.actor, timezone.now()
    kind = request.GET.get("kind", "")
    kind = kind if kind in EVENT_KINDS else ""
    context = {
        "days": _by_day(community_calendar(by=by, at=now, kind=kind)),
        "kinds": EVENT_KINDS.values(),
        "kind": kind,
        "told": milestones_told(by=by, at=now),
        "mine": my_milestones(by=by, at=now),
        "waits": any(one.mine is None for one in my_matches(by=by, at=now)),
    }
    return render(request, "community/mine.html", context)


def _by_day(shown: Iterable[Happening]) -> list[tuple[date, list[Happening]]]:
    return [(day, list(group)) for day, group in groupby(shown, key=lambda one: one.day)]


@once
def reply(request: StaffRequest, happening: UUID) -> HttpResponse:
    """I come, or I don't after all."""
    by, now, said = request.actor, timezone.now(), request.POST
    act = not_come_to if said.get("coming") == "no" else come_to
    try:
        act(happening, _day(said.get("day", "")), by=by, at=now)
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, _("Noted. Only a number goes to the host, never your name."))
    return redirect("my_community")


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as wrong:
        raise Cannot(_("This event doesn't take place then. Look at the calendar again.")) from wrong


@once
def name(request: StaffRequest) -> HttpResponse:
    """The name I go by."""
    by, now = request.actor, timezone.now()
    mine = my_milestones(by=by, at=now)
    form = NameForm(request.POST or None, initial={"name": mine.name})
    if form.is_valid() and attempt(form, lambda: choose_name(form.cleaned_data["name"], by=by, at=now)):
        messages.success(request, _("Saved."))
        return redirect("my_community")
    return render(request, "community/name.html", {"form": form}, status=422 if form.errors else 200)


@once
def milestones(request: StaffRequest) -> HttpResponse:
    """What I reached, and where it may be told."""
    by, now = request.actor, timezone.now()
    mine = my_milestones(by=by, at=now)
    initial = {
        "places": mine.wish.places,
        "sober_since": mine.wish.sober_since,
        "tells_sober_days": "yes" if mine.wish.tells_sober_days else "no",
    }
    form = MilestonesForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, lambda: wish_for_milestones(form.wish, by=by, at=now)):
        messages.success(request, _("Saved."))
        return redirect("my_milestones")
    context = {"form": form, "mine": mine}
    return render(request, "community/milestones.html", context, status=422 if form.errors else 200)
