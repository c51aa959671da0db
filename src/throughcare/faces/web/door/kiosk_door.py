"""What a kiosk may show: the page that asks for a code, and the one that a code has opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

KIOSK = "kiosk"
IDLE_SECONDS = 120


def kiosk_verdict(request: HttpRequest) -> HttpResponse | None:
    """What answers instead in a kiosk; None in any other browser, and where the code leads."""
    state = request.session.get(KIOSK)
    start = reverse("kiosk")
    if state is None or request.path == start:
        return None
    now = timezone.now().timestamp()
    opened = state["open"]
    within = opened and (request.path == opened or request.path.startswith(f"{opened}/"))
    if not within or now - state["seen"] > IDLE_SECONDS:
        return redirect(start)
    request.session[KIOSK] = {**state, "seen": now}
    return None


def kiosk_seconds(request: HttpRequest) -> int | None:
    """After how many idle seconds the page returns to the start; None where this is no kiosk."""
    session = getattr(request, "session", None)
    return IDLE_SECONDS if session is not None and KIOSK in session else None
