"""How alike two people's details are, with the reasons in words. Only a person decides that two are one.

Points are [ours], in the spirit of the weights of Fellegi and Sunter: what few people share weighs more.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from string import digits

from throughcare.knowledge.given_names import may_be_one_name

LIKELY = 40
PARTICLES = frozenset(
    {"al", "ap", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn"}
    | {"la", "las", "le", "los", "van", "von", "y", "zu"}
)
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True)
class Identity:
    """What two records are compared by. `phone` is in E.164, `email` in small letters; empty is not known."""

    given_name: str
    family_name: str
    preferred_name: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Likeness:
    """How alike two identities are: 0 to 100, and why."""

    score: int
    reasons: tuple[str, ...]

    @property
    def likely(self) -> bool:
        """Whether a person should look at the two side by side."""
        return self.score >= LIKELY


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name without case, accents, punctuation and particles: “María del Carmen” is “maria carmen”."""
    spread = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    kept = "".join(char for char in spread if not "\u0300" <= char <= "\u036f")
    words = "".join(_as_word(char) for char in unicodedata.normalize("NFC", kept)).split()
    significant = [word for word in words if word not in PARTICLES]
    return " ".join(significant or words)


def _as_word(char: str) -> str:
    if char in "'’ʼ`´.":
        return ""
    return char if char.isalnum() or unicodedata.category(char).startswith("M") else " "


def name_key(given_name: str, family_name: str) -> str:
    """The key by which names are sorted: family name first, both plain."""
    return f"{plain(family_name)} {plain(given_name)}".strip()


def any_order(given_name: str, family_name: str) -> str:
    """A name's words from A to Z: the same for given and family name swapped, or written in one field."""
    return " ".join(sorted(f"{plain(given_name)} {plain(family_name)}".split()))


def birth_dates_like(day: date) -> set[date]:
    """The dates that a slip of the pen makes of `day`: itself, day and month swapped, one digit wrong."""
    text = day.strftime("%Y%m%d") if day.year >= 1000 else f"{day.year:04}{day:%m%d}"
    wrong = (text[:place] + digit + text[place + 1 :] for place, digit in product(range(2, 8), digits))
    swapped = f"{text[:4]}{text[6:]}{text[4:6]}"
    found = {_real_date(candidate) for candidate in (*wrong, swapped)}
    return {candidate for candidate in found if candidate is not None} | {day}


def _real_date(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def likeness(one: Identity, other: Identity) -> Likeness:
    """Compare two identities, name and birth date and ways to reach them, and say why they look alike."""
    found = [
        part for part in (_names(one, other), _birth(one, other), *_reach(one, other)) if part is not None
    ]
    score = sum(points for points, _ in found)
    return Likeness(max(0, min(score, 100)), tuple(because for points, because in found if because))


def _names(one: Identity, other: Identity) -> tuple[int, str] | None:
    a, b = (
        (plain(one.given_name), plain(one.family_name)),
        (plain(other.given_name), plain(other.family_name)),
    )
    if a == b:
        return (40, "same name") if len(" ".join(a).split()) > 1 else (20, "same single name")
    if a == (b[1], b[0]):
        return 35, "same name with given and family name swapped"
    if sorted(" ".join(a).split()) == sorted(" ".join(b).split()):
        return 40, "same names in another order"
    given = _given_alike(one, other)
    if a[1] and a[1] == b[1]:
        return (30, f"same family name, {given}") if given else (10, "same family name")
    if given and is_near(a[1], b[1]):
        return 25, f"family names differ by a letter or two, {given}"
    if given == "same given name":
        return (10 if a[1] and b[1] else 20), given
    return None


def _given_alike(one: Identity, other: Identity) -> str:
    ours = {plain(one.given_name), plain(one.preferred_name)} - {""}
    theirs = {plain(other.given_name), plain(other.preferred_name)} - {""}
    if ours & theirs:
        return "same given name"
    pairs = list(product((name.split()[0] for name in ours), (name.split()[0] for name in theirs)))
    if any(a == b for a, b in pairs):
        return "same first given name"
    if any(may_be_one_name(a, b) for a, b in pairs):
        return "one given name is short for the other"
    if any(is_near(a, b) for a, b in pairs):
        return "given names differ by a letter or two"
    return ""


def _birth(one: Identity, other: Identity) -> tuple[int, str] | None:
    if one.birth_date is None or other.birth_date is None:
        return None
    if one.birth_date == other.birth_date:
        return 35, "same date of birth"
    if (one.birth_date.year, one.birth_date.month, one.birth_date.day) == (
        other.birth_date.year,
        other.birth_date.day,
        other.birth_date.month,
    ):
        return 30, "day and month of birth swapped"
    if other.birth_date in birth_dates_like(one.birth_date):
        return 20, "dates of birth differ by one digit"
    if abs(one.birth_date - other.birth_date) <= timedelta(days=1):
        return 20, "dates of birth are one day apart"
    return -30, ""


def _reach(one: Identity, other: Identity) -> list[tuple[int, str]]:
    found = []
    if one.phone and one.phone == other.phone:
        found.append((25, "same phone number"))
    if one.email and one.email == other.email:
        found.append((30, "same e-mail address"))
    return found


def is_near(one: str, other: str) -> bool:
    """Whether two words are within one slip of each other, two for words of eight letters and more."""
    allowed = 2 if min(len(one), len(other)) >= 8 else 1
    return min(len(one), len(other)) >= 3 and _distance(one, other, allowed) <= allowed


def _distance(one: str, other: str, most: int) -> int:
    """Edits between two words, a swap of neighbors counting once; more than `most` is not told apart."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
