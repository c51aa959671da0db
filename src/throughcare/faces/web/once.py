"""A form that is sent twice does its work once."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from throughcare.faces.web.later.arriving import NOT_YOURS, is_the_writers
from throughcare.faces.web.trouble import refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.crash_points import reached
from throughcare.pathway.privacy.book import write_page
from throughcare.pathway.submissions import finish_submission, landing_of, start_submission


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a POST with a `once` key that was seen before land where the first one landed.

    The key, the work and its row in the book of accesses are one transaction: after a crash there is all of it
    or nothing. A key whose first try ended on the form itself (an error to mend) may be sent again.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        key = _key(request)
        if key is None:
            return view(request, *arguments, **named)
        if not is_the_writers(request):
            return refused(request, NOT_YOURS, status=409)
        with transaction.atomic():
            actor: Actor | None = getattr(request, "actor", None)
            if not start_submission(key, by=actor, at=timezone.now()):
                return redirect(landing_of(key) or request.path)
            response = view(request, *arguments, **named)
            landed = response.url if isinstance(response, HttpResponseRedirect) else ""
            finish_submission(key, location=landed)
            if actor is not None and actor.page is not None:
                write_page(actor.page, organization=actor.organization)
            reached(f"{_route(request)}:written")
        reached(f"{_route(request)}:kept")
        return response

    return guarded


def _route(request: HttpRequest) -> str:
    return (request.resolver_match.url_name if request.resolver_match else None) or ""


def _key(request: HttpRequest) -> UUID | None:
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None
