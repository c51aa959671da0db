"""The way to another page, for those whose roles may go there."""

from functools import cache
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from throughcare.faces.web.routing import Route
from throughcare.pathway.actor import Actor


def way(name: str, *arguments: Any, by: Actor) -> str:
    """The address of the route with this name; empty for an actor whose roles may not use it."""
    return reverse(name, args=arguments) if by.holds(*roles_of(name)) else ""


@cache
def roles_of(name: str) -> tuple[str, ...]:
    """The roles that may use the route with this name. Raises `LookupError` when there is none."""
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLPattern) and pattern.name == name:
            route: Route = pattern.callback.route  # type: ignore[attr-defined]  # `route` and `public` put it there
            return route.roles
    raise LookupError(f"There is no route called {name}.")
