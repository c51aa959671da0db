"""A text as sentences and words: where each begins, what case it is in, what stands before and behind."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

ABBREVIATIONS = frozenset(("mr", "mrs", "ms", "mx", "dr", "st", "sr", "sra", "vs", "approx", "e.g", "i.e"))
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:'[^\W\d_]+)*|\d+(?:st|nd|rd|th)?|[^\w\s]")
_END = re.compile(r"[.!?]+[\"')\]]*\s+|\n+")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)$")


@dataclass(frozen=True)
class Word:
    """One word or sign of a sentence. `plain` is folded for comparing, without a possessive ending."""

    seen: str
    plain: str
    is_possessive: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.seen[0].isalpha()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.seen[0].isupper()


@dataclass(frozen=True)
class Sentence:
    """One sentence with its words. `is_cased`: capitals in it mean something, as it has both kinds of letters."""

    text: str
    words: tuple[Word, ...]
    is_cased: bool


def read_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, accents and curly apostrophes taken off."""
    for piece in split_sentences(straighten(text)):
        words = tuple(_as_word(found.group()) for found in _WORD.finditer(piece))
        if words:
            yield Sentence(piece, words, _is_cased(words))


def split_sentences(text: str) -> Iterator[str]:
    """The sentences of a text as they stand; an abbreviation or an initial doesn't end one."""
    begin = 0
    for end in _END.finditer(text):
        if end.group()[0] == "." and _is_abbreviation(text[begin : end.start()]):
            continue
        yield from _whole(text[begin : end.end()])
        begin = end.end()
    yield from _whole(text[begin:])


def _whole(piece: str) -> Iterator[str]:
    if piece.strip():
        yield piece.strip()


def _is_abbreviation(before: str) -> bool:
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last.group()
    return word.casefold() in ABBREVIATIONS or (word[-1].isupper() and (len(word) == 1 or word[-2] == "."))


def _as_word(seen: str) -> Word:
    plain = seen.casefold()
    for ending in ("'s", "'"):
        if plain.endswith(ending) and len(plain) > len(ending):
            return Word(seen, plain.removesuffix(ending), is_possessive=True)
    return Word(seen, plain)


def _is_cased(words: tuple[Word, ...]) -> bool:
    letters = [word.seen for word in words if word.is_word and word.seen not in ("I", "A")]
    small = sum(seen[0].islower() for seen in letters)
    return small > 0 and any(seen[0].isupper() for seen in letters)


def straighten(text: str) -> str:
    """The text without accents and with straight quotes; capitals stay."""
    straight = text.translate({0x2019: "'", 0x02BC: "'", 0x201C: '"', 0x201D: '"'})
    parts = unicodedata.normalize("NFKD", straight)
    return unicodedata.normalize("NFC", "".join(part for part in parts if not is_latin_accent(part)))


def is_latin_accent(mark: str) -> bool:
    """Whether this is an accent that people leave out; marks that are vowels of their script stay."""
    return "\u0300" <= mark <= "\u036f"


def fold(text: str) -> str:
    """The text for comparing: no accents, no capitals."""
    return straighten(text).casefold()
