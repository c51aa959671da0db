"""What a page is made of, without its words.

Two pieces of a page with the same elements, classes, roles and states, and words in the same places, are right or
wrong together in the eyes of axe: a person's own words change neither. Whether a name that is pointed to exists, and
whether the words fit their room, is asked of every page by itself.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
# What these say is a state or a kind; of all others it counts only that they stand there and say something.
SAYING = frozenset(
    (
        *("class", "role", "type", "scope", "lang", "dir", "style"),
        *("hidden", "disabled", "open", "tabindex", "autocomplete", "contenteditable"),
        *("aria-hidden", "aria-current", "aria-expanded", "aria-invalid", "aria-pressed", "aria-disabled"),
        *("aria-live", "aria-sort"),
    )
)
# What holds all that belongs to it.
ALONE = frozenset(
    ("article", "fieldset", "figure", "form", "header", "li", "nav", "section", "table", "tr", "ul")
)
# One, two and many: the second and the last of a kind may look unlike the first.
MANY = 3


@dataclass
class Piece:
    """An element with what stands in it; `place` is the way to it from the top, as positions among siblings."""

    tag: str
    attributes: tuple[str, ...]
    place: tuple[int, ...]
    has_words: bool = False
    children: list["Piece"] = field(default_factory=list)

    @cached_property
    def shape(self) -> str:
        """The same for all that axe would judge alike."""
        counts = Counter(child.shape for child in self.children)
        kinds = [f"{min(many, MANY)}{shape}" for shape, many in counts.items()]
        said = "|".join([self.itself, *kinds])
        return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()

    @property
    def itself(self) -> str:
        """The element without what stands in it, but for whether it has words."""
        return "|".join([self.tag, *self.attributes, "words" * self.has_words])

    @property
    def kind(self) -> str:
        """What it is to what stands in it: its element and its classes."""
        return " ".join([self.tag, *(one for one in self.attributes if one.startswith("class="))])

    @property
    def stands_alone(self) -> bool:
        """Whether it is judged without what stands beside it: a field's label may stand beside it."""
        return self.tag in ALONE

    def classes(self) -> Iterator[str]:
        """The classes of it and of all within it."""
        for attribute in self.attributes:
            if attribute.startswith("class="):
                yield from attribute.removeprefix("class=").split()
        for child in self.children:
            yield from child.classes()

    def repeats(self) -> Iterator["Piece"]:
        """What within it has two of its shape before it and one after it."""
        seen: Counter[str] = Counter()
        for child in self.children:
            seen[child.shape] += 1
            if seen[child.shape] >= MANY and child is not self.children[-1]:
                yield child
            else:
                yield from child.repeats()

    def selector(self, top: str) -> str:
        """The way to it in CSS."""
        return " > ".join([top, *(f":nth-child({position})" for position in self.place)])


def among(pieces: Iterable[Piece], around: tuple[str, ...] = ()) -> Iterator[tuple[Piece, tuple[str, ...]]]:
    """Each piece at any depth with the kinds of what stands around it and its own, the outermost first."""
    for piece in pieces:
        yield piece, (*around, piece.kind)
        yield from among(piece.children, (*around, piece.kind))


def pieces_of(html: str) -> list[Piece]:
    """The topmost pieces of some markup."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.top.children


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Piece("", (), ())
        self._within = [self.top]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        parent = self._within[-1]
        piece = Piece(tag, _kept(attributes), (*parent.place, len(parent.children) + 1))
        parent.children.append(piece)
        if tag not in VOID:
            self._within.append(piece)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        open_tags = [piece.tag for piece in self._within]
        if tag in open_tags[1:]:
            del self._within[len(open_tags) - 1 - open_tags[::-1].index(tag) :]

    def handle_data(self, words: str) -> None:
        if words.strip():
            self._within[-1].has_words = True


def _kept(attributes: list[tuple[str, str | None]]) -> tuple[str, ...]:
    return tuple(
        sorted(
            f"{name}={value or ''}" if name in SAYING else f"{name}:{bool(value)}"
            for name, value in attributes
            if not name.startswith("data-")
        )
    )
