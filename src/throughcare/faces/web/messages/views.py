"""Messages that need a person, and the number at which somebody is paged."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.messages.forms import PhoneForm
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.message.looking_after import (
    figures_of_ways,
    messages_to_look_after,
    send_again,
    set_aside,
    take_message,
)
from throughcare.pathway.message.phones import change_own_phone, own_phone

COLUMNS = (
    Column("Waits"),
    Column("For"),
    Column("What happened"),
    Column("Looked after by"),
    Column("Actions", unseen=True),
)
WAY_COLUMNS = (
    Column("Way"),
    Column("Taken by the provider", numbers=True),
    Column("Arrived", numbers=True),
    Column("Lost", numbers=True),
    Column("No word", numbers=True),
    Column("Sent again in doubt", numbers=True),
)


def overview(request: StaffRequest) -> HttpResponse:
    """What stopped on its way, and how each way did today."""
    by, now = request.actor, timezone.now()
    context = {
        "lines": messages_to_look_after(by=by, at=now),
        "columns": COLUMNS,
        "ways": figures_of_ways(by=by, at=now),
        "way_columns": WAY_COLUMNS,
        "trail": [("Clinic", reverse("clinic"))],
    }
    return render(request, "messages/overview.html", context)


@once
def mine(request: StaffRequest, message: UUID) -> HttpResponse:
    """Look after it."""
    return _act(request, message, take_message, "You look after it now.")


@once
def again(request: StaffRequest, message: UUID) -> HttpResponse:
    """Try it again."""
    return _act(request, message, send_again, "It is sent again. Look here in a minute.")


@once
def aside(request: StaffRequest, message: UUID) -> HttpResponse:
    """Nothing more is to be sent."""
    return _act(request, message, set_aside, "Nothing more of it is sent.")


def _act(request: StaffRequest, message: UUID, act: Callable[..., None], done: str) -> HttpResponse:
    try:
        act(message, by=request.actor, at=timezone.now())
    except Cannot as cannot:
        messages.warning(request, cannot.because)
    else:
        messages.success(request, done)
    return redirect("messages")


@once
def phone(request: StaffRequest) -> HttpResponse:
    """One's own number for urgent pages."""
    by = request.actor
    form = PhoneForm(request.POST or None, initial={"phone": own_phone(by=by)})
    if form.is_valid():
        try:
            change_own_phone(form.cleaned_data["phone"], by=by, at=timezone.now())
        except Cannot as cannot:
            form.add_error(cannot.field or None, cannot.because)
        else:
            messages.success(request, "Urgent pages reach you there.")
            return redirect("me")
    context = {"form": form, "back": reverse("me"), "trail": [("Your account", reverse("me"))]}
    return render(request, "messages/phone.html", context, status=422 if form.errors else 200)
