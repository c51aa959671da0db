"""Headers that every answer carries: nothing from elsewhere may load, nothing private may be stored."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class PrivateHeaders:
    """Adds the content security policy, and `no-store` to every page.

    It stands first, so that what other middleware answers carries the same: a file, a redirect, a client turned away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers added."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        return response


class SmallerFiles(GZipMiddleware):
    """Sends styles and scripts compressed: a page must open on a slow phone. Pages are left as they are.

    A compressed page that repeats what somebody sends would tell its secrets by its length; a file has none.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a whole file of words."""
        kind = response.headers.get("Content-Type", "")
        is_words = kind.startswith("text/") or "svg" in kind
        if not (request.path.startswith(settings.STATIC_URL) and is_words and response.status_code == 200):
            return response
        return super().process_response(request, response)
