"""A native list to choose one line from.

Written here: drawn by templates, a list of forty therapists takes a tenth of a page's time.
"""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from throughcare.faces.web.languages import said


class OneList(forms.Select):
    """A `select` with its lines."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The list as HTML."""
        chosen = set(self.format_value(value))
        lines = format_html_join("", "{}", ((_lines(key, label, chosen),) for key, label in self.choices))
        given = {"name": name, **self.build_attrs(self.attrs, attrs)}
        return format_html("<select{}>{}</select>", flatatt(given), lines)


def _lines(key: Any, label: Any, chosen: set[str]) -> SafeString:
    """One line of a list, or a titled part of it where the label is itself a list."""
    if isinstance(label, list | tuple):
        inner = format_html_join("", "{}", ((_lines(one, word, chosen),) for one, word in label))
        return format_html('<optgroup label="{}">{}</optgroup>', key, inner)
    selected = _SELECTED if str(key) in chosen else ""
    return format_html('<option value="{}"{}>{}</option>', key, selected, said(label))


_SELECTED = SafeString(" selected")
