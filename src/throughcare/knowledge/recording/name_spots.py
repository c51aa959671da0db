"""One place of a sentence where a name may stand, with what is around it."""

from collections.abc import Collection
from dataclasses import dataclass

from throughcare.knowledge.recording.name_tables import CUES
from throughcare.knowledge.recording.sentences import Sentence, Word

NOTHING = Word(" ", "")
OPENING = frozenset('"(:;-–—•*[/')


@dataclass(frozen=True)
class Spot:
    """One place in a sentence where a name may stand: the words `first` up to `last`, without `last`."""

    sentence: Sentence
    first: int
    last: int
    kinds: Collection[str]
    names: Collection[str] = ()

    def word(self, away: int) -> Word:
        """The word so many places behind the name (1, 2, ...) or before it (-1, -2, ...)."""
        place = self.last - 1 + away if away > 0 else self.first + away
        words = self.sentence.words
        return words[place] if 0 <= place < len(words) else NOTHING

    @property
    def begins(self) -> bool:
        """Whether it stands where every word has a capital: at the start, after a colon or an opening quote."""
        before = self.word(-1).seen
        if before == "(":
            return False
        return before == " " or before in OPENING

    @property
    def is_possessive(self) -> bool:
        """Whether it owns what follows."""
        return self.sentence.words[self.last - 1].is_possessive

    def verb(self) -> tuple[Word, Word]:
        """The next word that is no adverb and no partner (“and she”), and the one behind it."""
        away = 1
        while self.word(away).plain in CUES["adverbs"] or self.partner(away):
            away += 1 if self.word(away).plain in CUES["adverbs"] else 2
        return self.word(away), self.word(away + 1)

    def partner(self, away: int) -> bool:
        """Whether “and”, “&” or a comma stands here with somebody else behind it."""
        link, other = self.word(away), self.word(away + 1)
        if link.plain not in ("and", "&", ",") or not other.is_word:
            return False
        return other.is_capital or (link.seen != "," and other.plain in CUES["pronouns"])

    @property
    def is_season(self) -> bool:
        """Whether the word is a month or a season besides."""
        return bool({"month", "season"} & set(self.kinds))

    def label(self) -> tuple[str, ...]:
        """The words before the colon that introduces this part, if one does."""
        plain = [word.plain for word in self.sentence.words[: self.first]]
        return tuple(plain[: len(plain) - 1 - plain[::-1].index(":")]) if ":" in plain else ()
