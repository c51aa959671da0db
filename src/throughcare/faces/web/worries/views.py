"""The queue of worries: whom one means, and what was done about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.faces.web.week.answering import attempt
from throughcare.faces.web.worries.forms import EndForm
from throughcare.pathway.people.finding import find_people
from throughcare.pathway.privacy import may_access
from throughcare.pathway.worry.looking_into import end_worry, find_whom, undo_whom
from throughcare.pathway.worry.queue import one_worry, open_worries, worries_dealt_with


def queue(request: StaffRequest) -> HttpResponse:
    """Every worry that nobody has dealt with, danger first."""
    by, now = request.actor, timezone.now()
    shows_old = request.GET.get("show") == "old"
    context = {
        "worries": worries_dealt_with(by=by, at=now) if shows_old else open_worries(by=by, at=now),
        "tabs": [("To look into", "?", not shows_old), ("Dealt with", "?show=old", shows_old)],
        "shows_old": shows_old,
        "trail": [("Messages", reverse("conversations"))] if way("conversations", by=by) else [],
    }
    return render(request, "worries/queue.html", context)


def worry(request: StaffRequest, worry: UUID) -> HttpResponse:
    """One worry; whom it means is found by a person, by one tap on the name."""
    by, now = request.actor, timezone.now()
    text = request.GET.get("q", "")
    context = {
        "one": one_worry(worry, by=by, at=now),
        "q": text,
        "people": find_people(text, by=by, at=now) if text and may_access("identity", by=by) else [],
        "may_change": bool(may_access("worry", by=by, verb="change")),
        "crisis_way": way("crisis_desk", by=by),
        "trail": [("Worries from outside", reverse("worries"))],
    }
    return render(request, "worries/one.html", context)


@once
def whom(request: StaffRequest, worry: UUID) -> HttpResponse:
    """Say whom it means."""
    try:
        patient = UUID(request.POST.get("patient", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    find_whom(worry, patient, by=request.actor, at=timezone.now())
    messages.success(request, "Written down whom it means. It stands under Messages in their chart.")
    return redirect("worry", worry)


@once
def undo(request: StaffRequest, worry: UUID) -> HttpResponse:
    """It was somebody else."""
    undo_whom(worry, by=request.actor, at=timezone.now())
    messages.success(request, "Undone. It stands in nobody’s chart.")
    return redirect("worry", worry)


@once
def end(request: StaffRequest, worry: UUID) -> HttpResponse:
    """Write what was done."""
    by, now = request.actor, timezone.now()
    form = EndForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: end_worry(worry, **form.cleaned_data, by=by, at=now)):
        messages.success(request, "Written down.")
        return redirect("worries")
    context = {
        "form": form,
        "one": one_worry(worry, by=by, at=now),
        "back": reverse("worry", args=[worry]),
        "trail": [("Worries from outside", reverse("worries"))],
    }
    return render(request, "worries/end.html", context, status=422 if form.errors else 200)
