"""A refusal as a page: what is refused and why, in the sentence that the rule gives."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, because: str, *, status: int, glass_url: str = "") -> HttpResponse:
    """A refusal with its sentence; nothing was changed. `glass_url` opens what is shut, in an emergency."""
    return render(request, "refused.html", {"because": because, "glass_url": glass_url}, status=status)
