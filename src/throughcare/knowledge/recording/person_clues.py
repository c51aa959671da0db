"""Clues around a name for a person: someone who says, does, is or owns what people say, do, are and own."""

from throughcare.knowledge.recording.name_spots import Spot
from throughcare.knowledge.recording.name_tables import CUES
from throughcare.knowledge.recording.sentences import Word

NO_DOING = frozenset(("missing", "lacking", "something", "nothing", "anything", "everything"))
SAME_WHEN_PAST = frozenset(("put", "set", "let", "hit", "cut", "quit", "cost", "hurt", "read", "bid"))


def acts(spot: Spot) -> bool:
    """Whether the one who stands here does, says, is or owns what people do, say, are and own."""
    if spot.is_possessive:
        return not spot.is_season or spot.word(1).plain in CUES["people"]
    after, beyond = spot.word(1), spot.word(2)
    if after.seen == "," and _is_set_apart(spot):
        return True
    if after.seen == "(" and beyond.plain in CUES["people"] | {"another"}:
        return True
    if after.plain in ("and", "&"):
        partner = spot.word(3).plain if beyond.plain == "the" else beyond.plain
        if partner in CUES["pronouns"] or (beyond.plain in CUES["articles"] and _is_with_someone(spot)):
            return True
    if "modal" in spot.kinds:
        return _acts_behind_a_modal(spot)
    verb, behind = spot.verb()
    if not {"adjective", "past"} & set(spot.kinds) and _does(verb.plain, behind.plain):
        return True
    return _acts_with(spot, verb, behind) or (verb.plain in CUES["copula"] and _is_someone(spot))


def _is_with_someone(spot: Spot) -> bool:
    """Whether “and his brother” follows."""
    return bool({spot.word(3).plain, spot.word(4).plain} & CUES["people"])


def _is_set_apart(spot: Spot) -> bool:
    """Whether the words behind the comma are said of a person: “, who …”, “, a peer,”, “, not client,”."""
    first, second, third = (spot.word(away).plain for away in (2, 3, 4))
    if first in ("who", "whose") or (first == "not" and second in CUES["pronouns"]):
        return True
    if first in CUES["articles"] or first == "client":
        return bool({second, third} & CUES["people"])
    return first in CUES["asides"] and "modal" not in spot.kinds


def _acts_behind_a_modal(spot: Spot) -> bool:
    """“Will attend” is a plan and “Will attended” a person: behind the word itself no past form ever stands."""
    verb, behind = spot.verb()
    if verb.plain in CUES["modal_past"] or verb.plain in CUES["does"]:
        return True
    if verb.plain in SAME_WHEN_PAST or verb.plain in CUES["determiners"] | CUES["pronouns"]:
        return False
    present = verb.plain.endswith("s") and not verb.plain.endswith(("ss", "us"))
    return present or is_past(verb.plain) or _acts_with(spot, verb, behind)


def _acts_with(spot: Spot, verb: Word, behind: Word) -> bool:
    plain = verb.plain
    if not verb.is_word or (behind.plain == "by" and verb.plain not in ("stopped", "dropped", "came")):
        return False
    if plain in CUES["plural"] and behind.plain in CUES["plural_verbs"]:
        return False
    if plain == "gave" and behind.plain in ("way", "rise"):
        return False
    if plain == "turned":
        return behind.plain == "to"
    if plain in CUES["said"] or plain in CUES["did"] - {"came"} or plain in CUES["does"]:
        return True
    if plain in CUES["may_do"]:
        return behind.plain not in CUES["abstract_base"] | CUES["adverbs"] | CUES["determiners"]
    if plain == "came":
        return behind.plain in ("late", "in", "to", "with", "early")
    if plain in CUES["has"] and behind.plain == "been":
        return _is_someone(spot)
    if plain in CUES["has"]:
        return behind.plain not in CUES["abstract"] and _has_done(behind.plain)
    if plain == "keeps":
        return behind.plain.endswith("ing")
    return is_past(plain) and plain not in CUES["abstract"]


def _has_done(behind: str) -> bool:
    return behind.endswith(("ed", "en")) or behind in CUES["did"] | {"a", "not", "got"}


def _does(verb: str, behind: str) -> bool:
    """Whether this is a verb of today with somebody or something behind it: “drives him”, “stares at”."""
    if (
        len(verb) < 4
        or not verb.endswith("s")
        or verb.endswith(("ss", "us"))
        or verb in CUES["abstract_does"]
    ):
        return False
    return behind in CUES["pronouns"] | CUES["articles"] | {"to", "at", "with", "about", "that", "like"}


def is_past(plain: str) -> bool:
    """Whether the word ends like a verb of the past."""
    return plain.endswith("ed") and not plain.endswith("eed") and len(plain) > 3


def _is_someone(spot: Spot) -> bool:
    """Whether what is said behind “is” or “was” is said of people."""
    away = next(
        (away for away in range(1, 6) if spot.word(away).plain in CUES["copula"] | {"been"}),
        0,
    )
    following = [spot.word(away + step).plain for step in range(1, 8)]
    while following[0] in CUES["adverbs"]:
        if following.pop(0) in ("visibly", "openly"):
            return True
    if following[0] in CUES["states"] or (following[0].endswith("ing") and following[0] not in NO_DOING):
        return True
    if following[0] in CUES["determiners"] or following[0] == "client":
        return any(word in CUES["people"] for word in following[1:4]) or "who" in following[1:4]
    if following[0] in ("in", "on", "at", "from", "out"):
        return bool(set(following[1:4]) & CUES["whereabouts"])
    if following[0] == "missing":
        return following[1] in ("today", "again", "group", "from", "yesterday", "tonight")
    if following[0] in ("with", "like", "near", "behind", "beside"):
        return following[1] in CUES["pronouns"]
    return following[0].isalpha() and following[0] not in CUES["abstract_states"] and not spot.is_season
