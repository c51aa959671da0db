"""Whether a text names a person who may not be named in it: a peer in somebody else's note.

Names are looked for as whole words, without minding capitals, accents or the kind of apostrophe. A name that is
also a common word counts where the words around say that it is the name. What may have been meant otherwise (a word,
a short form, initials, a slip of the hand) a person may answer with one tap, for that sentence only.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from throughcare.knowledge.given_names import SHORT_FORMS
from throughcare.knowledge.recording.name_or_word import is_name
from throughcare.knowledge.recording.name_slips import is_slip_of
from throughcare.knowledge.recording.name_spots import Spot
from throughcare.knowledge.recording.name_tables import CUES, KINDS
from throughcare.knowledge.recording.sentences import Sentence, fold, read_sentences, straighten

PARTICLES = CUES["particles"]
# Scripts written without spaces: a name in them has no edges to look for.
NO_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
How = Literal["name", "word", "short form", "initials", "slip"]
Term = tuple[str, ...]


@dataclass(frozen=True)
class RosterName:
    """One person's names, as a roster has them."""

    given_name: str
    family_name: str
    preferred_name: str = ""


@dataclass(frozen=True)
class NamedPeer:
    """A name found in a text, with its sentence. `how`: as a plain name, or in a way that may mean something else."""

    words: str
    sentence: str = ""
    how: How = "name"
    is_elsewhere: bool = False

    @property
    def may_be_a_word(self) -> bool:
        """Whether a person may confirm that no peer was meant."""
        return self.is_elsewhere or self.how != "name"

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) of this name in this sentence: what a confirmation is remembered under."""
        return sentence_digest(self.sentence, self.words)


def sentence_digest(sentence: str, words: str) -> str:
    """The digest of a name in its sentence; blanks and capitals don't change it, any other word does."""
    said = "\n".join(" ".join(fold(text).split()) for text in (words, sentence))
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class NameIndex:
    """Names ready to be looked for: each term by its first word, with the places in `people` of who bears it."""

    people: tuple[RosterName, ...]
    terms: Mapping[str, tuple[tuple[Term, How, int], ...]]
    unspaced: tuple[tuple[str, int], ...]


def index_names(people: Iterable[RosterName], *, short_forms: bool = True) -> NameIndex:
    """The names of these people, their parts and (unless told otherwise) the short forms in common use."""
    everyone = tuple(people)
    terms: dict[str, dict[tuple[Term, How, int], None]] = {}
    unspaced: list[tuple[str, int]] = []
    for place, person in enumerate(everyone):
        own = search_terms(person)
        unspaced += [(term, place) for term in own if NO_SPACES.search(term)]
        found: list[tuple[str, How]] = [
            (term, "word" if term in KINDS else "name") for term in own if not NO_SPACES.search(term)
        ]
        if short_forms:
            found += [(form, "short form") for form in short_forms_of(person) if form not in own]
        for term, how in found:
            words = tuple(re.split(r"[\s-]+", term))
            terms.setdefault(words[0], {})[words, how, place] = None
    longest_first = {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in terms.items()
    }
    return NameIndex(everyone, longest_first, tuple(unspaced))


def search_terms(name: RosterName) -> list[str]:
    """What to look for, folded: each name whole, and each of its parts that is long enough to be somebody's."""
    terms: dict[str, None] = {}
    for whole in (name.given_name, name.preferred_name, name.family_name):
        folded = " ".join(fold(whole).split())
        parts = [part for part in re.split(r"[\s-]+", folded) if part not in PARTICLES]
        terms |= {term: None for term in (folded, *parts, "".join(parts)) if len(term) > 1}
    joined = fold(name.family_name + name.given_name)
    if NO_SPACES.search(joined):
        terms[joined] = None
    return list(terms)


def short_forms_of(name: RosterName) -> set[str]:
    """What people in common use call someone with these given names."""
    given = [
        part for whole in (name.given_name, name.preferred_name) for part in re.split(r"[\s-]+", fold(whole))
    ]
    return {form for part in given for form in SHORT_FORMS.get(part, ())}


def named_peers(
    text: str, peers: Iterable[RosterName] | NameIndex, *, own: RosterName | None = None
) -> list[NamedPeer]:
    """The roster's names that the text holds, each once a sentence, in the order of the text.

    Whom the text is about may be named: names that the person shares with a peer are theirs. So they may be on the
    roster themselves, and one index of it serves everybody's text.
    """
    index = peers if isinstance(peers, NameIndex) else index_names(peers)
    return list(find_names(text, index, own=own))


def find_names(text: str, index: NameIndex, *, own: RosterName | None = None) -> Iterator[NamedPeer]:
    """The names of an index in a text, with initials and slips of the hand."""
    allowed = allowed_terms([own] if own else [])
    seen: set[tuple[str, str]] = set()
    for sentence in read_sentences(text):
        for found in _in_sentence(sentence, index, allowed, own):
            if (found.sentence, found.words.casefold()) not in seen:
                seen.add((found.sentence, found.words.casefold()))
                yield found
    if index.unspaced:
        yield from _unspaced(text, index, allowed)


def allowed_terms(people: Iterable[RosterName]) -> set[str]:
    """The terms that may stand in the text as they are the names of people who may be named."""
    return {term for one in people for term in (*search_terms(one), *short_forms_of(one))}


def _in_sentence(
    sentence: Sentence, index: NameIndex, allowed: set[str], own: RosterName | None
) -> Iterator[NamedPeer]:
    place = 0
    while place < len(sentence.words):
        hit = _hit_at(sentence, place, index, allowed)
        if hit is not None:
            words, how, length = hit
            yield NamedPeer(words, sentence.text, how)
            place += length
            continue
        slip = _initials(sentence, place, index, own) or _slip(sentence, place, index, allowed)
        if slip is not None:
            yield slip
        place += 1


def _hit_at(
    sentence: Sentence, place: int, index: NameIndex, allowed: Collection[str]
) -> tuple[str, How, int] | None:
    """The longest name that begins at this word, if one does and is a name here; with its length in words."""
    for words, how, length, _ in hits_at(sentence, place, index, allowed):
        return words, how, length
    return None


def hits_at(
    sentence: Sentence, place: int, index: NameIndex, allowed: Collection[str]
) -> Iterator[tuple[str, How, int, RosterName]]:
    """Every name that begins at this word and is a name here, longest first: as seen, how, words taken, whose."""
    for term, how, bearer in index.terms.get(sentence.words[place].plain, ()):
        length = matched(sentence, place, term)
        if not length or " ".join(term) in allowed:
            continue
        kinds = KINDS.get(" ".join(term))
        if kinds and not is_name(Spot(sentence, place, place + length, kinds, index.terms)):
            continue
        if how == "short form" and not looks_like_a_name(sentence, place):
            continue
        parts = (word.seen for word in sentence.words[place : place + length])
        yield bare(" ".join(parts).replace(" - ", "-")), how, length, index.people[bearer]


def matched(sentence: Sentence, place: int, term: Term) -> int:
    """How many words of the sentence this term takes from here; none where it doesn't stand here."""
    at = place
    for number, part in enumerate(term):
        if number and at < len(sentence.words) and sentence.words[at].seen == "-":
            at += 1
        if at >= len(sentence.words) or sentence.words[at].plain != part:
            return 0
        at += 1
    return at - place


def bare(seen: str) -> str:
    """The name without the ending that makes it a possessive."""
    return seen.removesuffix("'s").removesuffix("'S").removesuffix("'")


def looks_like_a_name(sentence: Sentence, place: int) -> bool:
    """Whether the word has the capital of a name, or stands where capitals mean nothing."""
    return not sentence.is_cased or sentence.words[place].is_capital


def _initials(sentence: Sentence, place: int, index: NameIndex, own: RosterName | None) -> NamedPeer | None:
    """“J.S.”, “J. S.” or “JS” where someone on the roster has these initials and the person themself hasn't."""
    words = sentence.words[place : place + 4]
    seen = [word.seen for word in words]
    if len(seen) == 4 and seen[1] == "." and seen[3] == "." and len(seen[0]) == len(seen[2]) == 1:
        pair = seen[0] + seen[2]
    elif (
        sentence.is_cased
        and len(seen[0]) == 2
        and seen[0].isupper()
        and fold(seen[0]) not in CUES["abbreviated"]
    ):
        pair = seen[0]
    else:
        return None
    if not pair.isupper() or (own is not None and pair in initials_of(own)):
        return None
    if any(pair in initials_of(person) for person in index.people):
        return NamedPeer(pair, sentence.text, "initials")
    return None


def initials_of(name: RosterName) -> set[str]:
    """The first letters of the given (or preferred) and the family name."""
    family = straighten(name.family_name)[:1].upper()
    return {
        straighten(given)[:1].upper() + family
        for given in (name.given_name, name.preferred_name)
        if given and family
    }


def _slip(sentence: Sentence, place: int, index: NameIndex, allowed: set[str]) -> NamedPeer | None:
    """A capitalized word that is one slip of the hand away from a name on the roster, where a name may stand."""
    word = sentence.words[place]
    if not (sentence.is_cased and word.is_word and word.is_capital and len(word.plain) > 4):
        return None
    if word.plain in KINDS or word.plain in allowed or word.plain in CUES["months"]:
        return None
    if not is_name(Spot(sentence, place, place + 1, ("noun",), index.terms)):
        return None
    names = (
        entry[0][0]
        for entries in index.terms.values()
        for entry in entries
        if entry[1] == "name" and len(entry[0]) == 1
    )
    if any(is_slip_of(word.plain, name) for name in names if name not in allowed):
        return NamedPeer(bare(word.seen), sentence.text, "slip")
    return None


def _unspaced(text: str, index: NameIndex, allowed: set[str]) -> Iterator[NamedPeer]:
    plain = straighten(text).casefold()
    for term in dict.fromkeys(term for term, _ in index.unspaced):
        if term not in allowed and term in plain:
            yield NamedPeer(term, plain.strip(), "name")
