"""The level-of-care watch and holding a seat."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.level_watch.forms import HoldForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.level_watch.findings import DOWN, UP
from throughcare.pathway.level_watch.holds import (
    give_back_hold,
    groups_to_hold,
    hold_level_seat,
)
from throughcare.pathway.level_watch.watch_page import PAGE_SIZE, LevelWatch, level_watch
from throughcare.pathway.progress.step import step_watch

NARROWED = (("", "Everyone"), (UP, "Step up open"), (DOWN, "Step down open"))


def watch(request: StaffRequest) -> HttpResponse:
    """Everyone in care, open steps first."""
    only = request.GET.get("only", "")
    only = only if only in (UP, DOWN) else ""
    text = request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    found = level_watch(only=only, page=number, by=request.actor, at=timezone.now())
    context = {
        "found": found,
        "tabs": _tabs(found, only),
        "page": Paginator(range(found.total), PAGE_SIZE).get_page(found.page),
    }
    return render(request, "level_watch/watch.html", context)


def _tabs(found: LevelWatch, only: str) -> list[tuple[str, str, bool, int | str]]:
    counts: dict[str, int | str] = {"": "", UP: found.ups, DOWN: found.downs}
    here = reverse("level_watch")
    return [
        (title, f"{here}?only={code}" if code else here, code == only, counts[code])
        for code, title in NARROWED
    ]


@once
def hold(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Hold a seat at the next level for a person."""
    by, now = request.actor, timezone.now()
    page = chart(patient, current="progress", by=by, at=now)
    episode = page["patient"].episode
    if episode is None:
        raise Absent("episode")
    steps = step_watch(episode, by=by, at=now)
    elsewhere = [(code, f"{title} (elsewhere)") for code, title in steps.outside]
    form = HoldForm(
        request.POST or None,
        levels=[*steps.offered, *elsewhere],
        groups=groups_to_hold(episode, by=by, at=now),
        initial={"level": (steps.up.level if steps.up.is_indicated else steps.down.level)},
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            hold_level_seat(
                episode,
                level=said["level"],
                group=UUID(said["group"]) if said["group"] else None,
                place=said["place"],
                until_date=said["until_date"],
                by=by,
                at=now,
            )
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "The seat is held. It is free again by itself after its day.")
            return redirect("level_watch")
    context = {**page, "form": form, "steps": steps}
    return render(request, "level_watch/hold.html", context, status=422 if form.errors else 200)


@once
def give_back(request: StaffRequest, hold: UUID) -> HttpResponse:
    """Give a held seat back."""
    give_back_hold(hold, by=request.actor, at=timezone.now())
    messages.success(request, "The seat is given back. Whoever waits for it is next.")
    return redirect("level_watch")
