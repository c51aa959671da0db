"""How staff write a public page: plain text with headings, lists and paragraphs, and nothing that a page could run.

A line that begins with `## ` is a heading, one with `- ` a point of a list, one with `1. ` a step; an empty line ends
a paragraph. Everything else is words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

HEADING, POINTS, STEPS, PARAGRAPH = "heading", "points", "steps", "paragraph"
MOST_CHARACTERS = 12_000
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_STEP = re.compile(r"\d{1,2}\. ")


@dataclass(frozen=True)
class Block:
    """One piece of a page; headings and paragraphs have one line, lists have one or more."""

    kind: str
    lines: tuple[str, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """The pieces of a page, in order."""
    found: list[Block] = []
    lines = [_line(line) for line in text.splitlines()]
    for kind, group in groupby(lines, key=lambda line: line[0]):
        words = [words for _, words in group]
        if kind == HEADING:
            found.extend(Block(HEADING, (one,)) for one in words)
        elif kind == PARAGRAPH:
            found.append(Block(PARAGRAPH, (" ".join(words),)))
        elif kind:
            found.append(Block(kind, tuple(words)))
    return tuple(found)


def _line(line: str) -> tuple[str, str]:
    """What kind of line it is, and its words; an empty one has no kind."""
    words = line.strip()
    if words.startswith("## "):
        return HEADING, words[3:].strip()
    if words.startswith(("- ", "* ")):
        return POINTS, words[2:].strip()
    if _STEP.match(words):
        return STEPS, words.partition(" ")[2].strip()
    return (PARAGRAPH, words) if words else ("", "")


def sentences_of(text: str) -> Iterator[str]:
    """Each line of words of a page, as a translator gets it."""
    for block in blocks(text):
        yield from block.lines


def check_page(title: str, body: str) -> Verdict:
    """Whether a page may be published so."""
    if not title.strip():
        return Refused(because="Give the page a title.")
    if not blocks(body):
        return Refused(because="Write something on the page.")
    if len(body) > MOST_CHARACTERS:
        return Refused(because=f"A page may have {MOST_CHARACTERS} characters. Split it into two pages.")
    return Allowed()


def check_slug(slug: str, taken: frozenset[str]) -> Verdict:
    """Whether a page of the clinic's own may stand at this address."""
    if not SLUG.match(slug):
        return Refused(
            because="Use small letters, digits and hyphens for the address, such as “visiting-us”."
        )
    if slug in taken:
        return Refused(because="A page stands at this address already. Choose another one.")
    return Allowed()
