"""Choosing one's language when signed in: it is kept with the account, and on this device."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from throughcare.faces.web.languages.reader import keep_in_browser, offered
from throughcare.faces.web.signed_in import actor_of
from throughcare.pathway.signing_in.language import choose_language


def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language and lead back to the page."""
    language, back = request.POST.get("language", ""), request.POST.get("back", "/")
    if language not in offered():
        return HttpResponseBadRequest()
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    actor = actor_of(request)
    if actor is not None:
        choose_language(language, by=actor)
    answer = redirect(back)
    keep_in_browser(answer, language)
    return answer
