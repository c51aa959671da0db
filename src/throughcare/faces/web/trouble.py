"""Pages for when a thing can't be done. Each says what is wrong and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, because: str, *, status: int) -> HttpResponse:
    """A refusal with its sentence."""
    return render(request, "trouble/refused.html", {"because": because}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself is malformed."""
    return render(request, "trouble/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: mostly a form without its token, after a long pause."""
    return render(request, "trouble/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing for this person."""
    return render(request, "trouble/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. Drawn without a database, with the crisis numbers."""
    return render(request, "trouble/broken.html", status=500)
