"""The team's inbox, one conversation in a chart, and a person's conversations."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.conversations.forms import AnswerForm, FirstForm, HandOverForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.conversation.answering import answer, hand_over, need_no_answer, write_to
from throughcare.pathway.conversation.inbox import (
    Thread,
    answered_lately,
    conversations_of,
    thread_of,
    waiting_conversations,
)
from throughcare.pathway.conversation.staff_lines import InboxLine
from throughcare.pathway.privacy import may_access
from throughcare.pathway.task.task_views import staff_choices
from throughcare.pathway.worry.queue import how_many_worries_wait, worries_about

INBOX = (Column("Patient"), Column("Message"), Column("Waits since"), Column("Answer by"), Column("Whose"))
CHART = (Column("Message"), Column("With"), Column("Last"), Column("Stands at"), Column("Whose"))
SHOWN: dict[str, tuple[str, Callable[[InboxLine], bool]]] = {
    "mine": ("Mine", lambda one: one.is_mine),
    "team": ("My care teams", lambda one: one.on_my_team or one.is_mine),
    "all": ("Everyone’s", lambda one: True),
    "late": ("Late", lambda one: one.is_late),
}


def inbox(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, danger first, then what is due first."""
    by, now = request.actor, timezone.now()
    waiting = waiting_conversations(by=by, at=now)
    shown = request.GET.get("show", "")
    if shown not in SHOWN and shown != "answered":
        shown = "mine" if any(one.is_mine for one in waiting) else "all"
    lines = (
        answered_lately(by=by, at=now)
        if shown == "answered"
        else [one for one in waiting if SHOWN[shown][1](one)]
    )
    context = {
        "tabs": [
            *(
                (title, f"?show={code}", code == shown, sum(map(counts, waiting)))
                for code, (title, counts) in SHOWN.items()
            ),
            ("Answered", "?show=answered", shown == "answered"),
        ],
        "lines": lines,
        "columns": INBOX,
        "now": now,
        "worries_url": way("worries", by=by),
        "worries": how_many_worries_wait(by=by),
    }
    return render(request, "conversations/inbox.html", context)


def of_patient(request: StaffRequest, patient: UUID) -> HttpResponse:
    """One person's conversations, and the worries that were found to mean them."""
    by, now = request.actor, timezone.now()
    context = {
        **chart(patient, current="messages", by=by, at=now),
        "lines": conversations_of(patient, by=by, at=now),
        "columns": CHART,
        "worries": worries_about(patient, by=by, at=now) if may_access("worry", by=by) else (),
        "may_write": bool(may_access("conversation", by=by, verb="change")),
    }
    return render(request, "conversations/of_patient.html", context)


@once
def first(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Write to a patient first."""
    by, now = request.actor, timezone.now()
    form = FirstForm(request.POST or None)
    made: list[UUID] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(write_to(patient, **form.cleaned_data, by=by, at=now))
    ):
        messages.success(request, "Sent.")
        return redirect("conversation", made[0])
    context = {
        **chart(patient, current="messages", by=by, at=now),
        "form": form,
        "back": reverse("patient_messages", args=[patient]),
    }
    return render(request, "conversations/first.html", context, status=422 if form.errors else 200)


@once
def conversation(request: StaffRequest, conversation: UUID) -> HttpResponse:
    """One conversation, and the answer."""
    by, now = request.actor, timezone.now()
    thread = thread_of(conversation, by=by, at=now)
    form = AnswerForm(request.POST or None, may_be_told=thread.may_be_told)
    if form.is_valid() and attempt(form, lambda: answer(conversation, **form.cleaned_data, by=by, at=now)):
        messages.success(request, "Sent.")
        return redirect("conversation", conversation)
    return _page(request, thread, form)


@once
def settle(request: StaffRequest, conversation: UUID) -> HttpResponse:
    """What waits here needs no answer."""
    need_no_answer(conversation, by=request.actor, at=timezone.now())
    messages.success(request, "It waits no more.")
    return redirect("conversations")


@once
def give(request: StaffRequest, conversation: UUID) -> HttpResponse:
    """Take a conversation, or give it to somebody."""
    by, now = request.actor, timezone.now()
    owner = request.POST.get("owner", "")
    form = HandOverForm(request.POST if owner else None, staff=staff_choices(by=by))
    if not owner or form.is_valid():
        hand_over(conversation, owner=UUID(owner) if owner else None, by=by, at=now)
        messages.success(request, "Written down who answers.")
    return redirect("conversation", conversation)


def _page(request: StaffRequest, thread: Thread, form: AnswerForm) -> HttpResponse:
    by, now = request.actor, timezone.now()
    line = thread.line
    context = {
        **chart(line.patient, current="messages", by=by, at=now),
        "thread": thread,
        "line": line,
        "form": form,
        "told_words": ", ".join(words for _, words in thread.may_be_told),
        "crisis_way": way("crisis_desk", by=by),
        "hand_form": HandOverForm(staff=staff_choices(by=by), prefix=None),
        "trail": [("Messages", reverse("conversations"))],
    }
    return render(request, "conversations/conversation.html", context, status=422 if form.errors else 200)
