"""Clues around a name that the word is meant: a month, a value on a list, a part of another name."""

from collections.abc import Callable

from throughcare.knowledge.recording.name_spots import Spot
from throughcare.knowledge.recording.name_tables import CUES


def is_part_of_a_title(spot: Spot) -> bool:
    """A place, a brand, somebody famous, a song, a drink: another name that this word is part of."""
    before, after, beyond = spot.word(-1), spot.word(1), spot.word(2)
    if after.is_capital and (after.plain in CUES["places"] or after.plain in CUES["things"]):
        return True
    behind = beyond if after.plain == "and" else after
    if f"{spot.sentence.words[spot.first].plain}-{behind.plain}" in CUES["pairs"]:
        return True
    if after.plain in ("of", "for", "in", "the", "under") and beyond.is_capital:
        return True
    if after.plain == "and" and beyond.plain in CUES["ideals"]:
        return True
    if before.plain == "of" and spot.word(-2).plain in CUES["poured"]:
        return True
    named = spot.word(-2).plain if before.seen == '"' else before.plain
    return named in CUES["topics"] and before.seen != " "


def _is_a_time(spot: Spot) -> bool:
    if not spot.is_season:
        return False
    before, after = spot.word(-1), spot.word(1)
    if before.plain == "to" and spot.word(-2).plain in CUES["months"] and spot.word(-3).plain == "from":
        return True
    if before.plain == "from" and after.plain in CUES["time_after"]:
        return True
    if before.seen == "-" and spot.word(-2).plain in CUES["time_before"]:
        return True
    if after.plain[:1].isdigit() or after.plain in CUES["months"]:
        return True
    if before.plain == "for" and spot.word(-2).plain in CUES["scheduled"]:
        return True
    sibling = (
        spot.word(2).plain if after.plain == "and" else spot.word(-2).plain if before.plain == "and" else ""
    )
    if sibling in CUES["months"]:
        first = spot.word(-1) if after.plain == "and" else spot.word(-3)
        return first.plain not in CUES["meeting"] - {"for", "from"} and first.plain not in CUES["to_someone"]
    return before.plain in CUES["time_before"] or (spot.begins and "modal" not in spot.kinds)


def _is_described(spot: Spot) -> bool:
    """A word with an article or the like before it, or a place after a preposition."""
    before = spot.word(-1).plain
    if "place" in spot.kinds and before in ("in", "to", "from", "near", "at"):
        return True
    if "adjective" in spot.kinds and before in ("as", "is", "was", "being", "became", "non"):
        return True
    return before in CUES["articles"] or before in ("free", "living")


def _is_another_name(spot: Spot) -> bool:
    """Whether a capitalized word behind makes it another name: a church, a shop, somebody else's full name."""
    after = spot.word(1)
    if after.plain == "&" and spot.word(2).is_capital:
        return spot.word(2).plain not in spot.names
    if not after.is_word or not after.is_capital or len(after.seen) < 2 or after.seen.isupper():
        return False
    return not (after.plain in spot.names or after.plain in CUES["pronouns"] | CUES["days"] | CUES["months"])


def _is_a_thing(spot: Spot) -> bool:
    after = spot.word(1).plain
    return after in CUES["products"] or after in CUES["things"]


def _is_listed(spot: Spot) -> bool:
    """Whether it is an item behind a label such as “Values:”."""
    return any(word in CUES["topics"] for word in spot.label())


WORD_RULES: tuple[Callable[[Spot], bool], ...] = (
    _is_a_time,
    _is_described,
    _is_another_name,
    _is_a_thing,
    _is_listed,
)
