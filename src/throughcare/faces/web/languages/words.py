"""Marks for words that readers see: looked up at once, or when the page is drawn."""

from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import cast

from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy

from throughcare.knowledge.sentence import Sentence

LOCALE = Path(__file__).parent.parent / "locale"
ENGLISH = "en"


def lazy(words: str) -> str:
    """`words` in the reader's language, looked up when they are drawn: for what is written once, as a form's label."""
    return cast(str, gettext_lazy(words))


def worded(sentence: str, **values: object) -> str:
    """A sentence marked by `lazy` with its values, put together when it is drawn."""
    return cast(str, format_lazy(sentence, **values))


def said(words: object) -> str:
    """Words that come from `knowledge` or from a table of titles, in the reader's language; others as they are.

    Only the house's own catalog is asked: Django's would make a month of somebody called May.
    """
    if isinstance(words, Sentence):
        values = {name: said(one) if isinstance(one, Sentence) else one for name, one in words.values.items()}
        return said(words.words).format(**values)
    text = str(words) if words is not None else ""
    language = get_language() or ENGLISH
    return _catalog(language).gettext(text) if text and not language.startswith(ENGLISH) else text


@lru_cache
def _catalog(language: str) -> NullTranslations:
    return translation("django", LOCALE, [language, language.partition("-")[0]], fallback=True)
