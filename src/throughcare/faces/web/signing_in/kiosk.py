"""Kiosk: this browser shows nothing but a field for a code, and what the code opens until nobody touches it."""

from contextlib import suppress
from datetime import datetime
from typing import TypedDict
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.door import tries
from throughcare.faces.web.door.kiosk_door import KIOSK
from throughcare.faces.web.door.verdict import close_door
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.signing_in.forms import KioskCodeForm, KioskForm
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.attendance.room_code import session_at_kiosk
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.signing_in.kiosks import (
    KioskHere,
    begin_kiosk,
    end_kiosk,
    kiosk_here,
    running_kiosks,
    use_code,
)
from throughcare.pathway.week.week_choices import week_choices

A_MONTH = 30 * 24 * 3600


class KioskState(TypedDict):
    """What a kiosk's session knows: a word of its own, the address that is open, when it was last used.

    `who` found themselves there (their public id) and is forgotten with the next page that asks who it is.
    """

    browser: str
    open: str
    seen: float
    who: str


def begin(request: StaffRequest) -> HttpResponse:
    """Make this browser a kiosk of a site; one's own session ends with it."""
    by, at = request.actor, timezone.now()
    form = KioskForm(week_choices(by=by).sites, request.POST or None)
    browser = str(uuid4())
    if form.is_valid() and attempt(
        form, lambda: begin_kiosk(UUID(form.cleaned_data["site"]), browser=browser, by=by, at=at)
    ):
        close_door(request, at=at)
        request.session[KIOSK] = KioskState(browser=browser, open="", seen=at.timestamp(), who="")
        request.session.set_expiry(A_MONTH)
        return redirect("kiosk")
    context = {"form": form, "kiosks": running_kiosks(by=by)}
    return render(request, "signing_in/kiosk_begin.html", context, status=422 if form.errors else 200)


def end(request: StaffRequest, kiosk: UUID) -> HttpResponse:
    """End a kiosk from any browser."""
    end_kiosk(kiosk, by=request.actor, at=timezone.now())
    messages.success(request, "That browser is no kiosk any more.")
    return redirect("begin_kiosk")


def kiosk(request: HttpRequest) -> HttpResponse:
    """Ask for a code; whatever was open before is closed."""
    state, at = request.session.get(KIOSK), timezone.now()
    here = kiosk_here(state["browser"]) if state else None
    if state is None or here is None:
        request.session.pop(KIOSK, None)
        return redirect("sign_in")
    form, who = KioskCodeForm(request.POST or None), f"kiosk {here.uid}"
    opened: list[str] = []
    if form.is_valid():
        if not tries.may_try(who):
            form.add_error(None, tries.ASK_AT_DESK)
        elif attempt(form, lambda: opened.append(_opened_by(form.cleaned_data["code"], here, at))):
            tries.forget_wrong(who)
        else:
            tries.count_wrong(who)
    request.session[KIOSK] = KioskState(
        browser=state["browser"], open=opened[0] if opened else "", seen=at.timestamp(), who=""
    )
    if opened:
        return redirect(opened[0])
    context = {"form": form, "organization": here.organization_name, "kiosk_url": reverse("kiosk")}
    return render(request, "signing_in/kiosk.html", context, status=422 if form.errors else 200)


def _opened_by(code: str, here: KioskHere, at: datetime) -> str:
    """The address that a code of the desk or of a session's room opens. Raises `Cannot`, in one sentence for both."""
    try:
        return use_code(code, kiosk=here, at=at)
    except Cannot:
        with suppress(Cannot):
            return reverse("here", args=[session_at_kiosk(code, kiosk=here, at=at)])
        raise
