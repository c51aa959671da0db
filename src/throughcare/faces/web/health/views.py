"""Is it alive, may it serve, and how is it: short answers in plain text."""

import ipaddress
from collections.abc import Iterator
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from throughcare.pathway.vital_signs import Figure, figures, not_ready

WORDS = "text/plain; charset=utf-8"
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


def livez(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nobody: a database that is away is no reason to start it again."""
    return HttpResponse("alive\n", content_type=WORDS)


def readyz(request: HttpRequest) -> HttpResponse:
    """Whether requests may be sent here; 503 with the reason where not."""
    lacks = not_ready(at=timezone.now())
    return HttpResponse(
        f"{lacks[0] if lacks else 'ready'}\n", status=503 if lacks else 200, content_type=WORDS
    )


def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers in the exposition format of Prometheus: to this machine, or to whoever holds the token."""
    if not may_read(request):
        raise Http404
    lines = (line for figure in figures(at=timezone.now()) for line in _lines(figure))
    return HttpResponse("\n".join([*lines, ""]), content_type=EXPOSITION)


def may_read(request: HttpRequest) -> bool:
    """Whether numbers are told to who asks. Behind a proxy everyone comes from this machine: there the token counts."""
    given = request.headers.get("Authorization", "").encode()
    if settings.METRICS_TOKEN:
        return compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode())
    if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded"):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _lines(figure: Figure) -> Iterator[str]:
    name = f"throughcare_{figure.name}"
    yield f"# HELP {name} {figure.about}"
    yield f"# TYPE {name} gauge"
    for value, number in sorted(figure.values.items()):
        label = f'{{{figure.label}="{value}"}}' if figure.label else ""
        yield f"{name}{label} {_said(number)}"


def _said(number: float) -> str:
    """A number as the format writes it."""
    return "+Inf" if number == float("inf") else f"{float(number):g}"
