"""A person's own words in a note: whole, in quotation marks, with where and when they were said. [ours]"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PAIR = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Quote:
    """Words as the person said them, and where and when: "check-in, March 2, 5:28 PM"."""

    text: str
    said: str


def as_quoted(quotes: Iterable[Quote]) -> str:
    """The quotes as a signed note has them, one a line.

    >>> as_quoted([Quote('I said "no" twice. ', "check-in, March 2")])
    '“I said ‘no’ twice.” (check-in, March 2)'
    """
    return "\n".join(f"“{_inner(one.text)}” ({one.said})" for one in quotes)


def _inner(text: str) -> str:
    """The words on one line; marks of their own become the inner ones."""
    plain = " ".join(text.split()).replace("“", "‘").replace("”", "’")
    return _PAIR.sub(r"‘\1’", plain)
