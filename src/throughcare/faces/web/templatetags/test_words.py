"""Filters that say what a test found."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(words: Mapping[str, str], code: str) -> str:
    """The words of a code."""
    return words.get(code, code)


@register.filter
def expected_negatives(findings: Sequence[Any]) -> str:
    """The names of those that were negative as expected, in one line."""
    return ", ".join(one.title for one in findings if one.kind == "expected-neg")
