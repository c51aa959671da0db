"""Whether a text names somebody of the whole clinic who isn't in the room.

Many names of a clinic are also the names of sisters, bosses and singers. So only a capitalized name counts, not one
that belongs to somebody who may be named, to the kin of the person, or to a full name that no patient bears. Whoever
was meant, one tap answers.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from throughcare.knowledge.recording.name_tables import CUES
from throughcare.knowledge.recording.names_in_notes import (
    NamedPeer,
    NameIndex,
    RosterName,
    allowed_terms,
    find_names,
    hits_at,
    index_names,
    looks_like_a_name,
    search_terms,
)
from throughcare.knowledge.recording.sentences import Sentence, Word, read_sentences


def index_clinic(people: Iterable[RosterName]) -> NameIndex:
    """The names of a whole clinic; without short forms, which would be half of all names."""
    return index_names(people, short_forms=False)


def name_candidates(texts: Iterable[str]) -> set[str]:
    """The words of these texts that could be somebody's name: what is worth asking a clinic's directory for."""
    return {
        word.plain
        for text in texts
        for sentence in read_sentences(text)
        for word in sentence.words
        if word.is_word and len(word.plain) > 1 and (word.is_capital or not sentence.is_cased)
    }


def named_elsewhere(
    text: str, clinic: NameIndex, *, may_be_named: Iterable[RosterName] = ()
) -> list[NamedPeer]:
    """The names of people of the clinic that the text holds, each once a sentence.

    `may_be_named`: whom the text is about, their own people, the staff.
    """
    allowed = allowed_terms(may_be_named)
    found: dict[tuple[str, str], NamedPeer] = {}
    for sentence in read_sentences(text):
        for name in _in_sentence(sentence, clinic, allowed):
            found.setdefault((name.sentence, name.words.casefold()), name)
    if clinic.unspaced:
        unspaced = replace(clinic, terms={})
        found |= {(name.sentence, name.words): _elsewhere(name) for name in find_names(text, unspaced)}
    return list(found.values())


def _elsewhere(name: NamedPeer) -> NamedPeer:
    return replace(name, is_elsewhere=True)


def _in_sentence(sentence: Sentence, clinic: NameIndex, allowed: Collection[str]) -> Iterator[NamedPeer]:
    place = 0
    while place < len(sentence.words):
        step = 1
        if looks_like_a_name(sentence, place):
            for words, how, length, bearer in hits_at(sentence, place, clinic, allowed):
                if _is_theirs(sentence, place, length, bearer):
                    yield NamedPeer(words, sentence.text, how, is_elsewhere=True)
                    step = length
                    break
        place += step


def _is_theirs(sentence: Sentence, place: int, length: int, bearer: RosterName) -> bool:
    """Whether nothing around says that this is somebody else: kin of the person, or another full name."""
    words, own = sentence.words, set(search_terms(bearer))
    before = words[place - 1] if place else None
    behind = words[place + length] if place + length < len(words) else None
    if before is not None and before.seen == "," and place > 1:
        before = words[place - 2]
    if before is not None and before.plain in CUES["kin"]:
        return False
    if not sentence.is_cased:
        return True
    given = search_terms(RosterName(bearer.given_name, "", bearer.preferred_name))
    if behind is not None and words[place].plain in given and not words[place + length - 1].is_possessive:
        return not _is_another(behind, own)
    if before is not None and place > 1 and words[place].plain not in given:
        return before.plain in CUES["titles"] or not _is_another(before, own)
    return True


def _is_another(neighbor: Word, own: Collection[str]) -> bool:
    """Whether the neighboring word makes a full name that isn't theirs."""
    if not neighbor.is_word or not neighbor.is_capital or len(neighbor.seen) < 2 or neighbor.seen.isupper():
        return False
    plain = CUES["pronouns"] | CUES["days"] | CUES["months"] | CUES["titles"]
    return neighbor.plain not in own and neighbor.plain not in plain
