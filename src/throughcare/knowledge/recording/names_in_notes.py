"""Whether a text names a person who may not be named in it: a peer in somebody else's note.

Names are looked for as whole words, without minding capitals, accents or the kind of apostrophe. A name that is
also a common English word counts only with a capital, and a person may say that the word was meant.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

TABLE = files("throughcare.knowledge").joinpath("data", "names_that_are_words.txt")
# Who misses a name here is only asked to rephrase; the short ones are names in other languages.
COMMON_WORDS = frozenset(TABLE.read_text(encoding="utf-8").split())
PARTICLES = frozenset(
    (
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "los",
        "mac",
        "st",
        "ter",
        "van",
        "von",
    )
)
# Scripts written without spaces: a name in them has no edges to look for.
NO_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True)
class RosterName:
    """One person's names, as a roster has them."""

    given_name: str
    family_name: str
    preferred_name: str = ""


@dataclass(frozen=True)
class NamedPeer:
    """A name found in a text; `may_be_a_word` says that a person may confirm that the word was meant."""

    words: str
    may_be_a_word: bool


def named_peers(text: str, peers: Iterable[RosterName], *, own: RosterName | None = None) -> list[NamedPeer]:
    """The peers' names that the text holds, each once, in the order of the roster.

    Whom the text is about may be named: names that the person shares with a peer are theirs.
    """
    allowed = set() if own is None else set(search_terms(own))
    plain = straighten(text)
    found: dict[str, NamedPeer] = {}
    for peer in peers:
        for term in search_terms(peer):
            if term not in found and term not in allowed and occurs(term, plain):
                found[term] = NamedPeer(seen_as(term, plain), term in COMMON_WORDS)
    return list(found.values())


def search_terms(name: RosterName) -> list[str]:
    """What to look for, folded: each name whole, and each of its parts that is long enough to be somebody's."""
    terms: dict[str, None] = {}
    for whole in (name.given_name, name.preferred_name, name.family_name):
        folded = " ".join(fold(whole).split())
        parts = [part for part in re.split(r"[\s-]+", folded) if part not in PARTICLES]
        terms |= {term: None for term in (folded, *parts) if len(term) > 1}
    joined = fold(name.family_name + name.given_name)
    if NO_SPACES.search(joined):
        terms[joined] = None
    return list(terms)


def occurs(term: str, plain: str) -> bool:
    """Whether the term stands in the text: by itself, or anywhere in a script without spaces."""
    if NO_SPACES.search(term):
        return term in plain.casefold()
    if term in COMMON_WORDS:
        return any(hit.group()[0].isupper() for hit in edged(term).finditer(plain))
    return edged(term).search(plain.casefold()) is not None


def edged(term: str) -> re.Pattern[str]:
    """The term between edges of words; a space in it may be any space."""
    words = r"\s+".join(re.escape(word) for word in term.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def seen_as(term: str, plain: str) -> str:
    """The name as the text writes it, or as names are written where folding hides it."""
    found = edged(term).search(plain)
    return found.group() if found else term.title()


def straighten(text: str) -> str:
    """The text without accents and with straight apostrophes; capitals stay."""
    parts = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʼ", "'"))
    return unicodedata.normalize("NFC", "".join(part for part in parts if not is_latin_accent(part)))


def is_latin_accent(mark: str) -> bool:
    """Whether this is an accent that people leave out; marks that are vowels of their script stay."""
    return "\u0300" <= mark <= "\u036f"


def fold(text: str) -> str:
    """The text for comparing: no accents, no capitals."""
    return straighten(text).casefold()
