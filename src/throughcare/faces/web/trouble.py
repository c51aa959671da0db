"""A refusal as a page: what is refused and why, in the sentence that the rule gives."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, because: str, *, status: int) -> HttpResponse:
    """A refusal with its sentence; nothing was changed."""
    return render(request, "refused.html", {"because": because}, status=status)
