"""So many requests a minute from one client, and no more: one who asks without end takes nobody else's turn.

Whoever is signed in is counted by their session, everyone else by the network address they come from, so that a
stranger's flood never locks out those who work behind the same address. What a crisis needs is never turned away.
Counted in this process's memory: nothing of it is written, and each server process counts for itself.
"""

import hashlib
import ipaddress
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation

# What leads to help, and what tells of help: these answer however often one asks.
CRISIS_PATH = frozenset(
    {
        *("my_help", "family_help", "family_help_for", "intake_help_now", "help_without_connection"),
        *(
            "crisis_desk",
            "log_crisis_call",
            "crisis_call",
            "past_crisis",
            "raise_crisis",
            "crisis",
            "take_crisis",
        ),
        *("page_others", "write_crisis", "crisis_priority", "crisis_whose", "close_crisis", "crisis_told"),
        *("message_status", "message_in", "worry_in_danger", "worry_in_danger_at", "no_connection"),
        *("patient_safety", "print_own_plan", "my_safety_plan", "print_my_plan", "plan_on_this_phone"),
    }
)
# A whole clinic may come from one address before anyone of it has signed in.
STRANGERS_SHARE = 2
BURST_SECONDS = 20
MOST_CLIENTS = 20_000
LOG = logging.getLogger("throughcare.limits")


@dataclass
class Allowance:
    """What a client may still ask at once, and when that was counted."""

    left: float
    counted_at: float


class Allowances:
    """One allowance a client, refilled as time goes by; those not heard of for longest are forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._of: OrderedDict[str, Allowance] = OrderedDict()

    def take(self, client: str, a_minute: int) -> bool:
        """Count one request; False when the client has used up what it may ask."""
        most, now = max(1.0, a_minute * BURST_SECONDS / 60), self._clock()
        with self._lock:
            held = self._of.pop(client, None) or Allowance(most, now)
            held.left = min(most, held.left + (now - held.counted_at) * a_minute / 60)
            held.counted_at = now
            self._of[client] = held
            while len(self._of) > MOST_CLIENTS:
                self._of.popitem(last=False)
            if held.left < 1:
                return False
            held.left -= 1
            return True


class PerClient:
    """Turns a client away that asks too much, before anything is read for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.allowances = Allowances()
        # Sessions that answered for somebody signed in: a made-up cookie buys no allowance of its own.
        self._known: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()
        self._noted_at = float("-inf")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say when to come back."""
        a_minute = settings.REQUESTS_A_MINUTE
        if not a_minute:
            return self.get_response(request)
        session = _session(request)
        is_known = session in self._known
        client, may = (session, a_minute) if is_known else (_address(request), a_minute * STRANGERS_SHARE)
        if not self.allowances.take(client, may) and not is_crisis_path(request):
            self._note(session if is_known else "a stranger")
            return turned_away(request)
        response = self.get_response(request)
        if session and not is_known:
            self._keep_if_signed_in(request, session)
        return response

    def _note(self, client: str) -> None:
        """A line in the log, one a second at most: a flood of requests must not become one of lines."""
        now = time.monotonic()
        if now - self._noted_at >= 1:
            self._noted_at = now
            LOG.warning("turned away who asks too much: %s", client)

    def _keep_if_signed_in(self, request: HttpRequest, session: str) -> None:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return
        with self._lock:
            self._known[session] = None
            while len(self._known) > MOST_CLIENTS:
                self._known.popitem(last=False)


def is_crisis_path(request: HttpRequest) -> bool:
    """Whether this address is one that nobody may be kept from."""
    try:
        return resolve(request.path_info).url_name in CRISIS_PATH
    except Resolver404:
        return False


def turned_away(request: HttpRequest) -> HttpResponse:
    """A short page with the numbers to call; nothing was read for it."""
    with translation.override(translation.get_language_from_request(request)):
        return HttpResponse(
            render_to_string("429.html"), status=429, headers={"Retry-After": str(BURST_SECONDS)}
        )


def _session(request: HttpRequest) -> str:
    """A fingerprint of the session's cookie, empty without one: the cookie itself is not kept."""
    cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return hashlib.blake2b(cookie.encode(errors="replace"), digest_size=16).hexdigest() if cookie else ""


def _address(request: HttpRequest) -> str:
    """The network that a stranger comes from; behind a proxy, the last address that it names."""
    named = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_TLS:
        named = request.headers.get("X-Forwarded-For", named).rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(named)
    except ValueError:
        return "unknown"
    # One household or one server has a whole network of version 6 to itself.
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
