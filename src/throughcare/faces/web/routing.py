"""An address, its view, and the roles that may use it, said in one line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from throughcare.faces.web.door.kiosk_door import kiosk_verdict
from throughcare.faces.web.door.verdict import door_verdict
from throughcare.faces.web.signed_in import actor_of
from throughcare.faces.web.trouble import refused
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.roles import STAFF, TREATING
from throughcare.pathway.actor import Actor, Page
from throughcare.pathway.cannot import Absent, BehindGlass, Cannot
from throughcare.pathway.privacy import turn_away
from throughcare.pathway.privacy.book import write_page
from throughcare.pathway.privacy.late_book import write_page_or_keep

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request whose actor is known. For types only: `route` puts `actor` on the request."""

    actor: Actor


@dataclass(frozen=True)
class Route:
    """What the census of routes says of one address."""

    methods: tuple[str, ...]
    roles: tuple[str, ...]
    public: bool
    always_readable: bool = False


def public(pattern: str, view: View, *, name: str, methods: str = "GET") -> URLPattern:
    """An address that anyone may use without signing in."""
    return _address(pattern, view, name=name, route=Route(_methods(methods), (), public=True))


def route(
    pattern: str,
    view: View,
    *,
    name: str,
    methods: str = "GET",
    roles: Iterable[str] = STAFF,
    always_readable: bool = False,
) -> URLPattern:
    """An address for those who hold one of the roles; others are told in a sentence.

    `always_readable`: it answers also while nothing can be written to the database.
    """
    said = Route(_methods(methods), tuple(sorted(roles)), public=False, always_readable=always_readable)
    return _address(pattern, view, name=name, route=said)


def _methods(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _address(pattern: str, view: View, *, name: str, route: Route) -> URLPattern:
    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.method not in (*route.methods, "HEAD"):
            return HttpResponseNotAllowed(route.methods)
        actor = actor_of(request)
        page = Page(surface=surface_of(request), route=name)
        request.actor = actor.on(page) if actor else None  # type: ignore[attr-defined]  # StaffRequest names it
        # Moments on the page are shown on the clocks of the signed-in person's site.
        with timezone.override(actor.time_zone if actor else None):
            try:
                stopped = (
                    kiosk_verdict(request) if route.public else _stop(request, route, named.get("patient"))
                )
                return stopped or _answer(view, request, *arguments, **named)
            finally:
                # Before anything leaves: no row in the book, no page.
                if actor:
                    write = write_page_or_keep if route.always_readable else write_page
                    write(page, organization=actor.organization)

    guarded.route = route  # type: ignore[attr-defined]  # the census of routes reads it
    return path(pattern, guarded, name=name)


def _stop(request: HttpRequest, route: Route, patient: UUID | None) -> HttpResponse | None:
    """What someone gets who may not come in here: nobody signed in, the door still shut, none of the roles."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        return redirect_to_login(request.get_full_path())
    shut = door_verdict(request, notes_use=not route.always_readable)
    if shut is not None:
        return shut
    if actor.holds(*route.roles):
        return None
    turn_away(patient, by=actor, at=timezone.now())
    return refused(request, needs(route.roles), status=403)


def surface_of(request: HttpRequest) -> str:
    """How the answer leaves: as a page, a piece of one, on paper or as a file."""
    if request.headers.get("HX-Request"):
        return "fragment"
    if request.GET.get("print") == "1":
        return "print"
    ending = request.path.rpartition(".")[2]
    return ending if ending in ("pdf", "csv") else "page"


def _answer(view: View, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
    try:
        return view(request, *arguments, **named)
    except Absent as absent:
        raise Http404 from absent
    except BehindGlass as shut:
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        may = actor is not None and not actor.roles.isdisjoint(TREATING)
        url = reverse("break_glass", args=[shut.patient]) if may else ""
        return refused(request, shut.because, status=403, glass_url=url)
    except Cannot as cannot:
        return refused(request, cannot.because, status=409 if request.method == "POST" else 403)


def needs(roles: Iterable[str]) -> str:
    """The sentence for someone who holds none of the roles."""
    titles = sorted(ROLES[role].title.lower() for role in roles)
    return f"This page is for these roles: {', '.join(titles)}. Ask an administrator if your work needs it."
