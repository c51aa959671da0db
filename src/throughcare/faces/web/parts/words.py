"""Parts made of words: status, mark, buttons, notices, details."""

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from throughcare.knowledge.verdict import Refused, Verdict

from ..languages import said
from ..status_words import Tone, status_word
from .draw import draw

register = Library()


@register.simple_tag
def status(key: str) -> SafeString:
    """A status from the one table: `{% status "no_show" %}`."""
    known = status_word(str(key))
    return format_html('<span class="status tone-{}">{}</span>', known.tone, said(known.word))


@register.simple_tag
def mark(word: str, tone: Tone = "plain") -> SafeString:
    """A short word that is not a status, such as a flag or a level: `{% mark "Peanut allergy" "watch" %}`."""
    return format_html('<span class="status tone-{}">{}</span>', tone, word)


@register.simple_tag
def button(
    label: str,
    kind: str = "",
    name: str = "",
    value: str = "",
    verdict: Verdict | None = None,
    about: str = "",
) -> SafeString:
    """A submit button; when `verdict` refuses, it can be focused and read but does nothing, and says why.

    `kind` is empty, `quiet`, `danger` or `small`; `about` names for a screen reader what the button is about.
    """
    return draw(
        "button",
        label=label,
        kind=kind,
        name=name,
        value=value,
        about=about,
        refused=_refused(verdict, label, about),
    )


@register.simple_tag
def link_button(
    label: str, url: str, kind: str = "quiet", verdict: Verdict | None = None, about: str = ""
) -> SafeString:
    """A link that looks like a button, for going to the page of an action."""
    return draw(
        "link_button", label=label, url=url, kind=kind, about=about, refused=_refused(verdict, label, about)
    )


def _refused(verdict: Verdict | None, label: str, about: str) -> dict[str, str] | None:
    if not isinstance(verdict, Refused):
        return None
    return {"because": verdict.because, "id": f"why-{slugify(f'{label} {about}')}"}


@register.simple_block_tag
def notice(content: str, title: str = "", tone: str = "calm", level: int = 2) -> SafeString:
    """A panel that stands out: tone `plain`, `calm`, `good`, `watch` or `wrong`."""
    return draw("notice", content=content, title=title, tone=tone, level=level)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Words set apart from the text around them: a quotation, the patient's own words."""
    return format_html('<blockquote class="inset">{}</blockquote>', content)


@register.simple_block_tag
def more(content: str, summary: str, opened: bool = False) -> SafeString:
    """Words that most people don't need, one tap away."""
    return draw("more", content=content, summary=summary, opened=opened)


@register.simple_tag
def refusal(verdict: Verdict) -> SafeString:
    """The sentence of a refusal; nothing when the rule allows."""
    if not isinstance(verdict, Refused):
        return SafeString("")
    return draw("refusal", because=verdict.because)
