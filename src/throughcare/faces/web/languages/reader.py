"""Which language a page is written in: the reader's own choice, then the cookie's, then the browser's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from throughcare.faces.web.signed_in import actor_of
from throughcare.knowledge.roles import STAFF

YEAR = 365 * 24 * 3600


def language_of(request: HttpRequest) -> str:
    """The code of the language for this request; staff always read English."""
    chosen = asked_in_address(request)
    if request.user.is_authenticated:
        actor = actor_of(request)
        if actor is None or actor.holds(*STAFF):
            return settings.LANGUAGE_CODE
        chosen = request.user.language
    return chosen if chosen in offered() else translation.get_language_from_request(request)


def asked_in_address(request: HttpRequest) -> str:
    """The language that the address names, so that a page can be linked to in it: `/welcome?lang=es`."""
    asked = request.GET.get("lang", "")
    return asked if asked in offered() else ""


def offered() -> dict[str, str]:
    """The languages that pages can be read in, each in its own words, by code."""
    return dict(settings.LANGUAGES)


def keep_in_browser(response: HttpResponseBase, language: str) -> None:
    """Remember the language on this device; the cookie says nothing else."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class ReadersLanguage:
    """Answers in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the language set; who keeps a copy keeps one for each language."""
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if asked_in_address(request):
            keep_in_browser(response, language)
        return response
