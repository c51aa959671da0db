"""The door: whether a signed-in browser may go on. `door_verdict` is asked before every page that isn't public.

What it needs stands in the sealed session, so that asking costs no query: when the session began, when it was last
used, when its owner last proved who they are, and whether they showed a second factor.
"""

from datetime import datetime
from typing import Any, TypedDict

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from throughcare.faces.web.door.device import device_words
from throughcare.faces.web.door.holding import hold_what_was_sent, mark_as_sent
from throughcare.faces.web.door.lock_page import lock_page
from throughcare.faces.web.door.session_store import mark_of
from throughcare.faces.web.signed_in import actor_of
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.signing_in.sign_ins import (
    begin_sign_in,
    end_mark,
    limits_for,
    move_sign_in,
    use_sign_in,
)

# A request that the page makes by itself, such as a poll, carries this header: it doesn't keep a session awake.
BACKGROUND = "X-Throughcare-Background"
STATE = "door"
NOTED_EVERY = 30  # seconds between two notes that a session is in use
THROUGH_A_LOCK = frozenset({"unlock"})
WITHOUT_FACTOR = frozenset(
    {"me", "protect", "enrol_app", "add_passkey", "recovery_codes", "still_here", "lock", "hold_form"}
)


class State(TypedDict):
    """What the session knows of the door; moments are seconds since 1970."""

    began: float
    seen: float
    proved: float
    noted: float
    factor: bool
    locked: bool
    device: str
    idle: int
    absolute: int
    proof: int


def state_of(request: HttpRequest) -> State | None:
    """The session's state; None when nobody came in through the door."""
    found: State | None = request.session.get(STATE)
    return found


def change(request: HttpRequest, **news: Any) -> None:
    """Write something of the state anew."""
    request.session[STATE] = {**request.session.get(STATE, {}), **news}


def open_door(request: HttpRequest, account: Any, *, how: str, factor: bool, at: datetime) -> None:
    """Let someone in who has shown what was asked; the session is a new one."""
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    if hasattr(request, "_actor"):
        del request._actor
    limits = limits_for(account.organization_id, at=at)
    now, device = at.timestamp(), device_words(request.headers.get("User-Agent", ""))
    request.session[STATE] = State(
        began=now,
        seen=now,
        proved=now,
        noted=now,
        factor=factor,
        locked=False,
        device=device,
        idle=limits.idle,
        absolute=limits.absolute,
        proof=limits.proof,
    )
    begin_sign_in(account.pk, mark=here(request), device=device, how=how, at=at)


def pass_factor(request: HttpRequest, *, at: datetime) -> None:
    """A second factor was shown or enrolled in this session: it goes on under a new key."""
    change(request, factor=True, proved=at.timestamp())
    renew_key(request, at=at)


def renew_key(request: HttpRequest, *, at: datetime) -> None:
    """Go on under a new key: who knew the old one stays outside."""
    before = here(request)
    request.session.cycle_key()
    move_sign_in(before, here(request), at=at)


def close_door(request: HttpRequest, *, at: datetime) -> None:
    """Sign out here."""
    if request.session.session_key:
        end_mark(here(request), at=at)
    logout(request)


def here(request: HttpRequest) -> str:
    """The fingerprint of this browser's session."""
    return mark_of(request.session.session_key or "")


def was_proved(request: HttpRequest, *, at: datetime) -> bool:
    """Whether the person showed who they are lately enough to sign."""
    state = state_of(request)
    return state is not None and at.timestamp() - state["proved"] <= state["proof"]


def door_verdict(request: HttpRequest, *, notes_use: bool = True) -> HttpResponse | None:
    """What answers instead of the page: sign in, unlock, set up a second step; None when the page may answer.

    `notes_use`: whether the session is noted as in use; a page that must answer while nothing can be written does not.
    """
    if not request.user.is_authenticated:
        return None
    at, name = timezone.now(), request.resolver_match.url_name if request.resolver_match else ""
    state = state_of(request)
    if state is None or at.timestamp() - state["began"] > state["absolute"]:
        return _sign_in_anew(request, state, at)
    if _is_locked(request, state, at):
        if name in THROUGH_A_LOCK:
            return None
        if not state["locked"]:
            change(request, locked=True)
        return lock_page(request, kept=hold_what_was_sent(request, at=at))
    actor = actor_of(request)
    if not state["factor"] and actor is not None and actor.holds(*STAFF) and name not in WITHOUT_FACTOR:
        return redirect("protect")
    if notes_use:
        _note_use(request, state, at)
    mark_as_sent(request)
    return None


def _sign_in_anew(request: HttpRequest, state: State | None, at: datetime) -> HttpResponse:
    kept = hold_what_was_sent(request, at=at) if state else None
    close_door(request, at=at)
    if state:
        hours = round(state["absolute"] / 3600)
        told = " We kept what you wrote and offer it to you then." if kept else ""
        messages.info(request, f"You were signed in for {hours} hours. Sign in again to go on.{told}")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


def _is_locked(request: HttpRequest, state: State, at: datetime) -> bool:
    return (
        state["locked"]
        or at.timestamp() - state["seen"] > state["idle"]
        or state["device"] != device_words(request.headers.get("User-Agent", ""))
    )


def _note_use(request: HttpRequest, state: State, at: datetime) -> None:
    now = at.timestamp()
    if request.headers.get(BACKGROUND) or now - state["noted"] < NOTED_EVERY:
        return
    change(request, seen=now, noted=now)
    use_sign_in(here(request), at=at)
