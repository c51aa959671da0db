"""Words that were written before: whether one text is nearly another, told fast over many texts.

Each text is cut into runs of three words. Two texts that share too few runs are told apart by that alone. Long ones
are alike in the letters of the words that shared runs cover; short ones are laid side by side word for word. Taps of
one phrase and punctuation count for nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from throughcare.knowledge.recording.names_in_notes import NO_SPACES
from throughcare.knowledge.recording.phrases import PHRASES

RUN = 3
# Texts that share fewer of their runs than this aren't nearly the same, whatever the program's own bound is.
FEWEST_SHARED = 0.25
# A changed word breaks three runs of a long text; letters weigh a little otherwise than words.
RUNS_BROKEN = 4
# Up to so many words a changed word breaks too many runs: such texts are laid side by side.
SHORT = 40
# Signs of ASCII part words, but for the apostrophe, which is let go: the quick way for most notes.
_GAPS = {code: " " for code in range(128) if not chr(code).isalnum()} | {ord("'"): None}
# Each sign is a word of its own in scripts that set no spaces.
_WORDS = re.compile(rf"{NO_SPACES.pattern}|\w+(?:'\w+)*")


@dataclass(frozen=True)
class Bounds:
    """From where on a text is a copy: a share of equal letters, or a passage of so many words taken over whole."""

    share: float
    passage: int = 40


@dataclass(frozen=True)
class Cut:
    """A text cut for comparing: its words in small letters, the runs of three in their order (hashed), and as a set."""

    words: tuple[str, ...]
    runs: tuple[int, ...]
    run_set: frozenset[int]


@dataclass(frozen=True)
class Likeness:
    """How alike two texts are: the share of equal letters, and the longest run of words they have in common."""

    share: float
    longest_run: int

    def is_copy(self, bounds: Bounds) -> bool:
        """Whether this is a copy within the program's bounds."""
        return self.share > bounds.share or self.longest_run >= bounds.passage


def cut(text: str) -> Cut:
    """The text for comparing, without the phrases that one tap writes."""
    for phrase in PHRASES:
        text = text.replace(phrase, " ")
    plain = text.casefold().replace("’", "").translate(_GAPS)
    words = tuple(plain.split() if plain.isascii() else _WORDS.findall(plain))
    runs = tuple(hash(run) for run in zip(words, words[1:], words[2:], strict=False))
    if words and not runs:
        runs = (hash(words),)
    return Cut(words, runs, frozenset(runs))


def likeness(one: Cut, other: Cut) -> Likeness:
    """How alike two texts are; longer words weigh more."""
    if one.words == other.words:
        return Likeness(1.0, len(one.words))
    letters = sum(map(len, one.words)) + sum(map(len, other.words))
    if min(len(one.words), len(other.words)) <= SHORT:
        return _side_by_side(one, other, letters)
    return Likeness((_covered(one, other) + _covered(other, one)) / letters, longest_passage(one, other))


def _side_by_side(one: Cut, other: Cut, letters: int) -> Likeness:
    blocks = SequenceMatcher(None, one.words, other.words, autojunk=False).get_matching_blocks()
    equal = sum(len(word) for block in blocks for word in one.words[block.a : block.a + block.size])
    return Likeness(2 * equal / letters, max(block.size for block in blocks))


def _covered(text: Cut, by: Cut) -> int:
    """The letters of the words that lie in runs of the other text."""
    covered = {
        place + step for place, run in enumerate(text.runs) if run in by.run_set for step in range(RUN)
    }
    return sum(len(text.words[place]) for place in covered if place < len(text.words))


def longest_passage(text: Cut, other: Cut, *, least: int = RUN) -> int:
    """The most words in a row of which each three stand in the other text, too; 0 where fewer than `least` do."""
    need = max(least - RUN + 1, 1)
    longest, place = 0, need - 1
    # So many runs in a row hold one at every so-manieth place: only those are looked at.
    while place < len(text.runs):
        first = place
        while first >= 0 and text.runs[first] in other.run_set:
            first -= 1
        last = place
        while first < place and last < len(text.runs) and text.runs[last] in other.run_set:
            last += 1
        longest = max(longest, last - first - 1)
        place = last + need
    return longest + RUN - 1 if longest >= need else 0


def may_be_alike(one: Cut, other: Cut, bounds: Bounds) -> bool:
    """Whether two texts share enough runs to be worth a look: quick to tell."""
    shared = len(one.run_set & other.run_set)
    fewest = FEWEST_SHARED
    if min(len(one.words), len(other.words)) > SHORT:
        fewest = max(fewest, 1 - RUNS_BROKEN * (1 - bounds.share))
    if shared and shared >= fewest * min(len(one.run_set), len(other.run_set)):
        return True
    return shared > bounds.passage - RUN and longest_passage(one, other, least=bounds.passage) > 0


class Earlier:
    """Texts ready to be compared with. `looked_at_whole` counts the pairs that their shared runs didn't tell apart."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.cuts = [cut(text) for text in texts]
        self.looked_at_whole = 0

    def copies_in(self, text: Cut, bounds: Bounds, *, before: int | None = None) -> Iterator[int]:
        """The places of the texts that this one is a copy of, in their order; only those ahead of `before`."""
        for place, other in enumerate(self.cuts[:before]):
            if not may_be_alike(text, other, bounds):
                continue
            self.looked_at_whole += 1
            if likeness(text, other).is_copy(bounds):
                yield place


def look_alikes(texts: Sequence[str], bounds: Bounds) -> tuple[tuple[int, int], ...]:
    """Pairs (by place) of texts that are too much alike: copies that a payer would take for cloned notes."""
    all_texts = Earlier(texts)
    return tuple(
        (first, second)
        for second, text in enumerate(all_texts.cuts)
        for first in all_texts.copies_in(text, bounds, before=second)
    )
