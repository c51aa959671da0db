"""What people ask to change of their own times, for those who plan weeks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.own_week.forms import AnswerAskForm
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt, week_url
from throughcare.pathway.cannot import Absent
from throughcare.pathway.own_week.asks import WaitingAsk, answer_ask, waiting_asks

COLUMNS = (
    Column("Person"),
    Column("What they ask"),
    Column("Lies over"),
    Column("Asked"),
    Column("Answer", unseen=True),
)


def asks(request: StaffRequest) -> HttpResponse:
    """Everything that waits for an answer."""
    context = {
        "asks": waiting_asks(by=request.actor, at=timezone.now()),
        "columns": COLUMNS,
        "trail": [("Week", reverse("week_board"))],
    }
    return render(request, "own_week/asks.html", context)


@once
def answer(request: StaffRequest, ask: UUID) -> HttpResponse:
    """Agree, or say why not yet."""
    by, now = request.actor, timezone.now()
    found = _find(ask, request)
    form = AnswerAskForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: answer_ask(
            ask,
            agrees=form.cleaned_data["answer"] == "agree",
            words=form.cleaned_data["words"],
            by=by,
            at=now,
        ),
    ):
        messages.success(request, "Answered. They read it on their own page.")
        return redirect(week_url(found.patient))
    context = {
        "form": form,
        "one": found,
        "back": reverse("week_asks"),
        "trail": [("Week", reverse("week_board")), ("Asked changes", reverse("week_asks"))],
    }
    return render(request, "own_week/answer_ask.html", context, status=422 if form.errors else 200)


def _find(ask: UUID, request: StaffRequest) -> WaitingAsk:
    for one in waiting_asks(by=request.actor, at=timezone.now()):
        if one.ask.uid == ask:
            return one
    raise Absent("ask")
