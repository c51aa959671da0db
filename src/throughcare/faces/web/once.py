"""A form that is sent twice does its work once."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from throughcare.faces.web.signed_in import actor_of
from throughcare.pathway.submissions import finish_submission, landing_of, start_submission


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a POST with a `once` key that was seen before land where the first one landed.

    A key whose first try ended on the form itself (an error to mend) may be sent again.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        key = _key(request)
        if key is None:
            return view(request, *arguments, **named)
        if not start_submission(key, by=actor_of(request), at=timezone.now()):
            return redirect(landing_of(key) or request.path)
        landed = ""
        try:
            response = view(request, *arguments, **named)
            if isinstance(response, HttpResponseRedirect):
                landed = response.url
            return response
        finally:
            finish_submission(key, location=landed)

    return guarded


def _key(request: HttpRequest) -> UUID | None:
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None
