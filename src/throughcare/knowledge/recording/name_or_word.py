"""Whether a name that is also a word ("Will", "Hope", "May") is the name here: by where it stands and what is around.

Clues for a person are looked for first, then clues for the word. In the middle of a sentence a capital is a clue of
its own; at its start, and where all or no letters are capitals, only the words around tell.
"""

from throughcare.knowledge.recording.name_spots import Spot
from throughcare.knowledge.recording.name_tables import CUES
from throughcare.knowledge.recording.person_clues import acts, is_past
from throughcare.knowledge.recording.word_clues import WORD_RULES, is_part_of_a_title

SUBJECTS = CUES["pronouns"] - {"client", "patient", "pt", "ct", "him", "them", "us", "me"}


def is_name(spot: Spot) -> bool:
    """Whether the name is a name here, as far as the words around it tell."""
    if _has_title(spot):
        return True
    if not spot.sentence.is_cased:
        return _is_name_without_capitals(spot)
    if not spot.sentence.words[spot.first].is_capital:
        return _is_name_in_small_letters(spot)
    if is_part_of_a_title(spot):
        return False
    if acts(spot):
        return True
    if any(rule(spot) for rule in WORD_RULES):
        return False
    return not spot.begins


def _is_name_without_capitals(spot: Spot) -> bool:
    if _is_bound(spot):
        return False
    if acts(spot) or _is_told(spot):
        return True
    before = spot.word(-1).plain
    joined = before == "and" and spot.word(-2).plain in CUES["pronouns"]
    return joined and spot.verb()[0].plain in CUES["copula"]


def _is_name_in_small_letters(spot: Spot) -> bool:
    """A name typed in small letters among words that aren't: only someone who says or tells is taken for one."""
    return (
        not _is_bound(spot) and spot.word(1).plain in CUES["said"] and spot.word(2).plain not in ("by", "in")
    )


def _is_bound(spot: Spot) -> bool:
    before = spot.word(-1).plain
    return before in CUES["articles"] or before in SUBJECTS


def _has_title(spot: Spot) -> bool:
    before = spot.word(-2) if spot.word(-1).seen == "." else spot.word(-1)
    return before.plain in CUES["titles"] and before.is_word


def _is_told(spot: Spot) -> bool:
    """Whether someone tells, asks or is with the one who stands here."""
    before = spot.word(-1).plain
    if before in CUES["to_someone"]:
        return spot.word(1).plain not in CUES["pronouns"]
    if before == "by" and is_past(spot.word(-2).plain):
        return True
    near = [spot.word(-away).plain for away in range(2, 5)]
    return before in CUES["meeting"] and any(word in CUES["interacting"] for word in near)
