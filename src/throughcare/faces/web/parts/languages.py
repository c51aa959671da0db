"""Words in the reader's language, and the way to another language."""

from django.conf import settings
from django.http import HttpRequest
from django.template import Context, Library
from django.utils import translation
from django.utils.safestring import SafeString

from throughcare.faces.web.languages.words import said as in_their_language

from .draw import draw

register = Library()


@register.filter
def said(words: object) -> str | list[str]:
    """Words of `knowledge` or of a table of titles in the reader's language: `{{ level.title|said }}`; a list's too."""
    if isinstance(words, list | tuple):
        return [in_their_language(one) for one in words]
    return in_their_language(words)


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> SafeString:
    """The other languages of this page, each in its own words: links for the public, a form when signed in."""
    request: HttpRequest | None = context.get("request")
    now = (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]
    others = [(code, name) for code, name in settings.LANGUAGES if code != now]
    if request is None or not others:
        return SafeString("")
    query = request.GET.copy()
    addresses = []
    for code, name in others:
        query["lang"] = code
        addresses.append((code, name, f"?{query.urlencode()}"))
    return draw(
        "language_switch",
        languages=addresses,
        back=request.get_full_path(),
        signed_in=bool(context.get("who")),
        csrf_token=context.get("csrf_token"),
    )


@register.simple_tag
def licensed_wording() -> SafeString:
    """In another language: why a questionnaire's questions are in English."""
    return draw("licensed_wording") if (translation.get_language() or "en")[:2] != "en" else SafeString("")
