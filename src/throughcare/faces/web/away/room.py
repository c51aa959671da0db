"""A disk that is nearly full: what is left is a crisis's; everything else is told so before it writes anything."""

import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from throughcare.faces.web.away.answering import answer
from throughcare.faces.web.limits import is_crisis_path
from throughcare.pathway.room import room

LOOKS_EVERY_SECONDS = 1.0
# Whoever takes a crisis signs in first; and those who look after the program ask how it is.
DOOR = frozenset(
    {"sign_in", "second_step", "passkey_options", "passkey_sign_in", "sign_out", "service_worker"}
)
HEALTH = frozenset({"livez", "readyz", "metrics"})


class RoomForCrises:
    """Turns everything ordinary away while there is room for a crisis only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._lock = threading.Lock()
        self._looked, self._is_short = float("-inf"), False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or say that the disk is full."""
        if self._short() and not may_pass(request):
            return answer(request, "away/disk_full.html", 503)
        return self.get_response(request)

    def _short(self) -> bool:
        with self._lock:
            if time.monotonic() - self._looked >= LOOKS_EVERY_SECONDS:
                self._looked = time.monotonic()
                try:
                    self._is_short = room().is_short
                except OSError:  # a folder that can't be looked at fails where it is written to
                    self._is_short = False
            return self._is_short


def may_pass(request: HttpRequest) -> bool:
    """Whether this address answers also while there is room for a crisis only."""
    if request.path_info.startswith(settings.STATIC_URL) or is_crisis_path(request):
        return True
    try:
        return resolve(request.path_info).url_name in DOOR | HEALTH
    except Resolver404:
        return False
