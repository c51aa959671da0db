"""Parts that frame a page: heading, breadcrumb, tabs, steps, flash messages, crisis strip."""

from collections.abc import Iterable, Sequence

from django.contrib.messages import get_messages
from django.template import Context, Library
from django.utils.safestring import SafeString

from .draw import draw

register = Library()


@register.simple_block_tag
def heading(content: str, title: str, lead: str = "", above: str = "") -> SafeString:
    """The page's `h1` with its actions: `{% heading "Census" lead="…" %}{% link_button … %}{% endheading %}`."""
    return draw("heading", title=title, lead=lead, above=above, actions=content.strip() and content)


@register.simple_tag
def breadcrumb(trail: Iterable[tuple[str, str]]) -> SafeString:
    """The way back up: pairs of title and address, from the top; the page itself is not in it."""
    return draw("breadcrumb", trail=list(trail))


@register.simple_tag
def tabs(links: Iterable[Sequence[object]], label: str) -> SafeString:
    """Links to sister pages: (title, address, current) or (title, address, current, count)."""
    return draw("tabs", links=[(*link, None)[:4] for link in links], label=label)


@register.simple_tag
def steps(current: int, total: int, title: str = "") -> SafeString:
    """How far a person is in a form of several pages."""
    return draw("steps", current=current, total=total, title=title)


@register.simple_tag
def crisis_strip() -> SafeString:
    """988 and 911, one tap away. On every page that patients, families and the public see."""
    return draw("crisis_strip")


@register.simple_tag(takes_context=True)
def flash_messages(context: Context) -> SafeString:
    """What the last step did, once, at the top of the next page."""
    request = context.get("request")
    given = context.get("messages")
    if given is None and request is not None:
        given = get_messages(request)
    return draw("flash_messages", messages=list(given or ()))
