"""A sentence with values in it that remembers its words and its values, so that it can be said in another language."""

from collections.abc import Mapping


class Sentence(str):
    """The English sentence as text; `words` is its pattern with named braces, `values` what stands in them.

    A value that is a sentence itself is said in the other language too: `Sentence("You missed {hours}.", hours=…)`.
    """

    __slots__ = ("values", "words")
    words: str
    values: Mapping[str, object]

    def __new__(cls, words: str, **values: object) -> "Sentence":
        """The sentence with its values put in."""
        made = super().__new__(cls, words.format(**values))
        made.words, made.values = words, values
        return made

    def __str__(self) -> str:
        """Itself: on its way to a page it must not forget how it was put together."""
        return self
