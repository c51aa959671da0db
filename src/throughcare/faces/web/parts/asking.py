"""Parts that ask: forms with their key, error summary, one-button forms, filters."""

from typing import Any

from django.template import Context, Library
from django.utils.safestring import SafeString

from throughcare.knowledge.verdict import Verdict

from ..form import Form
from ..form_key import once_key
from ..languages import lazy as _
from .draw import draw
from .words import _refused

register = Library()


@register.simple_tag
def error_summary(form: Form) -> SafeString:
    """What to correct, on top of the page, each line a link to its field."""
    return draw("error_summary", errors=form.error_summary if form.is_bound else [])


@register.simple_block_tag(takes_context=True)
def post(
    context: Context, content: str, form: Form | None = None, action: str = "", **attrs: str
) -> SafeString:
    """A form that posts, with CSRF token and idempotency key; the fields and the button are its content."""
    return draw(
        "post",
        content=content,
        action=action,
        csrf_token=context.get("csrf_token", ""),
        once=form.once if form else once_key(),
        multipart=form.is_multipart() if form else False,
        attrs={name.replace("_", "-"): value for name, value in attrs.items()},
    )


@register.simple_block_tag(takes_context=True)
def ask(
    context: Context,
    content: str,
    form: Form,
    submit: str = _("Save"),
    cancel_url: str = "",
    cancel: str = _("Cancel"),
    action: str = "",
    kind: str = "",
    verdict: Verdict | None = None,
    later: str = "",
) -> SafeString:
    """A whole form: error summary, all fields, the content of the tag, then the buttons.

    `later`: it may be sent when there is a connection again; what it is called where it waits.
    """
    return draw(
        "ask",
        form=form,
        content=content,
        submit=submit,
        cancel_url=cancel_url,
        cancel=cancel,
        action=action,
        kind=kind,
        verdict=verdict,
        later=later,
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    label: str,
    url: str,
    kind: str = "quiet",
    about: str = "",
    verdict: Verdict | None = None,
    **values: Any,
) -> SafeString:
    """One button that posts: a form of its own with hidden `values`."""
    return draw(
        "post_button",
        label=label,
        url=url,
        kind=kind,
        about=about,
        verdict=verdict,
        refused=_refused(verdict, label, about),
        values=values,
        once=once_key(),
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_block_tag
def filters(
    content: str, form: Form | None = None, clear_url: str = "", label: str = "Filters"
) -> SafeString:
    """A bar of filters that reads its values from the address; give a form, or fields as content."""
    return draw("filters", form=form, content=content, clear_url=clear_url, label=label)
