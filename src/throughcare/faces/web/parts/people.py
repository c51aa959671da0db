"""Parts about a person: the banner on top of each of their pages, and the story in one scroll."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.template import Library
from django.utils.safestring import SafeString

from ..status_words import Tone
from .draw import draw

register = Library()


@dataclass(frozen=True)
class Flag:
    """A word that must not be missed: an allergy, a risk, people who must not meet."""

    word: str
    tone: Tone = "watch"


@dataclass(frozen=True)
class Banner:
    """Who this page is about: name, two identifiers, level of care and flags."""

    name: str
    url: str
    identifiers: Sequence[tuple[str, str]]  # (label, value): at least two
    level: str = ""
    pronouns: str = ""
    flags: Sequence[Flag] = ()
    tabs: Sequence[tuple[str, str, bool]] = ()


@register.simple_tag
def patient_banner(banner: Banner) -> SafeString:
    """The banner on top of each page about a patient, so that nobody writes in the wrong record."""
    return draw("patient_banner", banner=banner)


@register.simple_block_tag
def timeline(content: str, label: str) -> SafeString:
    """What happened, newest first or oldest first: a list of `event`."""
    return draw("timeline", content=content, label=label)


@register.simple_block_tag
def event(
    content: str, when: date | datetime, title: str, url: str = "", by: str = "", tone: str = "plain"
) -> SafeString:
    """One thing that happened: when, what, by whom, and its words."""
    return draw(
        "event",
        content=content.strip() and content,
        when=when,
        timed=isinstance(when, datetime),
        title=title,
        url=url,
        by=by,
        tone=tone,
    )
