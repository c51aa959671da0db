"""My messages with the care team, and those of somebody near to a patient: the same two pages."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.conversations.forms import MoreForm, NewForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.conversation.asking import ask, write_more
from throughcare.pathway.conversation.near import ask_near, write_more_near
from throughcare.pathway.conversation.own_views import (
    OwnConversations,
    OwnThread,
    conversation_near,
    conversations_near,
    my_conversation,
    my_conversations,
)
from throughcare.pathway.privacy.own_record import own_patient


@dataclass(frozen=True)
class _Way:
    """Where the pages of one reader are, and where help is."""

    list_url: str
    help_url: str
    one: str
    before: tuple[UUID, ...] = ()

    def thread_url(self, conversation: UUID) -> str:
        return reverse(self.one, args=[*self.before, conversation])


@once
def mine(request: StaffRequest) -> HttpResponse:
    """All that I and my team wrote to each other; a new message."""
    by, at = request.actor, timezone.now()

    def send(about: str, words: str) -> UUID:
        return ask(own_patient(by=by), words, about=about, key=_key(request), by=by, at=at)

    page = my_conversations(by=by, at=at)
    return _list(request, page, _own_way(), send)


@once
def one(request: StaffRequest, conversation: UUID) -> HttpResponse:
    """One matter, whole."""
    by, at = request.actor, timezone.now()

    def send(words: str) -> None:
        write_more(own_patient(by=by), conversation, words, key=_key(request), by=by, at=at)

    thread = my_conversation(conversation, by=by, at=at)
    return _thread(request, thread, _own_way(), send)


@once
def near(request: StaffRequest, patient: UUID) -> HttpResponse:
    """All that the team and I, who am near to a patient, wrote to each other."""
    by, at = request.actor, timezone.now()

    def send(about: str, words: str) -> UUID:
        return ask_near(patient, words, about=about, key=_key(request), by=by, at=at)

    page = conversations_near(patient, by=by, at=at)
    return _list(request, page, _near_way(patient), send)


@once
def one_near(request: StaffRequest, patient: UUID, conversation: UUID) -> HttpResponse:
    """One matter, whole."""
    by, at = request.actor, timezone.now()

    def send(words: str) -> None:
        write_more_near(patient, conversation, words, key=_key(request), by=by, at=at)

    thread = conversation_near(patient, conversation, by=by, at=at)
    return _thread(request, thread, _near_way(patient), send)


def _own_way() -> _Way:
    return _Way(reverse("my_messages"), reverse("my_help"), "my_message")


def _near_way(patient: UUID) -> _Way:
    return _Way(
        reverse("family_messages", args=[patient]),
        reverse("family_help_for", args=[patient]),
        "family_message",
        (patient,),
    )


def _key(request: StaffRequest) -> str:
    return request.POST.get("once", "")


def _list(
    request: StaffRequest, page: OwnConversations, way: _Way, send: Callable[[str, str], UUID]
) -> HttpResponse:
    form = NewForm(request.POST or None)
    sent: list[UUID] = []
    said = form.cleaned_data if form.is_valid() else {}
    if said and attempt(form, lambda: sent.append(send(said["about"], said["words"]))):
        messages.success(request, _("Sent. Your care team has your message."))
        return redirect(way.thread_url(sent[0]))
    context = {
        "form": form,
        "page": page,
        "there": page.there,
        "rows": [(one, way.thread_url(one.uid)) for one in page.rows],
        "help_here": way.help_url,
        "is_near": bool(way.before),
    }
    return render(request, "conversations/mine.html", context, status=422 if form.errors else 200)


def _thread(request: StaffRequest, thread: OwnThread, way: _Way, send: Callable[[str], None]) -> HttpResponse:
    form = MoreForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: send(form.cleaned_data["words"])):
        messages.success(request, _("Sent. Your care team has your message."))
        return redirect(way.thread_url(thread.row.uid))
    context = {
        "form": form,
        "thread": thread.row,
        "there": thread.there,
        "list_url": way.list_url,
        "is_near": bool(way.before),
        "help_here": way.help_url,
    }
    return render(request, "conversations/one.html", context, status=422 if form.errors else 200)
