"""Whoever looks after the program is nobody: a cookie there is not read, so that no session is asked for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

HEALTH_PATHS = frozenset({"/livez", "/readyz", "/metrics"})


class NoCookiesForHealth:
    """Takes cookies off requests that ask how the program is: that it lives is said while the database is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as to a stranger."""
        if request.path_info in HEALTH_PATHS:
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)
