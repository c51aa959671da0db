"""Who calls, sealed into the page that they call from: while the database is away nobody can be looked up."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone

from throughcare.faces.web.door.session_store import mark_of
from throughcare.faces.web.form_key import once_key
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.safety import PRIORITY
from throughcare.pathway.crisis.kept_calls import (
    ABOUT,
    CALL,
    OWN,
    STAFF,
    KeptCall,
    caller_of,
    keep_call,
    sealed_caller,
)

# The addresses by which somebody calls for help, and the way that each is.
WAYS = {"my_help": OWN, "family_help_for": ABOUT, "raise_crisis": STAFF, "log_crisis_call": CALL}
KEYS = {OWN: "button", ABOUT: "button", STAFF: "staff", CALL: "call"}
LONGEST = {"words": 2_000, "callback": 40, "said_name": 200}


def caller_for(request: StaffRequest, way: str, patient: UUID | None = None) -> Mapping[str, str]:
    """The first value of a form's hidden field."""
    mark = mark_of(request.session.session_key or "")
    return {"caller": sealed_caller(way, mark=mark, patient=patient, by=request.actor)}


def key_of(request: HttpRequest, way: str) -> str:
    """The key of one press: sent again, from a tunnel or after a crash, it calls once. Empty for forms without one."""
    posted = request.POST.get("once", "")
    return f"{KEYS[way]} {posted}" if posted and once_key(request.POST) == posted else ""


def keep_if_call(request: HttpRequest) -> bool | None:
    """Keep a call for help on disk; whether it is there now, or None where this is no such call."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return None
    way = WAYS.get(found.url_name or "")
    if way is None or request.method != "POST":
        return None
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    caller = caller_of(request.POST.get("caller", ""), mark=mark_of(cookie) if cookie else "")
    if caller is None or caller.way != way or caller.patient != found.kwargs.get("patient"):
        return False
    said: dict[str, Any] = {name: request.POST.get(name, "")[:most] for name, most in LONGEST.items()}
    priority = request.POST.get("priority", "P1")
    said["priority"] = priority if priority in PRIORITY else "P1"
    try:
        keep_call(KeptCall(caller, key=key_of(request, way), pressed_at=timezone.now(), **said))
    except OSError:
        return False
    return True
