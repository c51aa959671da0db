"""Every medication the program knows, and how a typed name finds one. What isn't here is entered freely."""

import re

from throughcare.knowledge.medications import alcohol_use, opioid_use, others, psychiatric
from throughcare.knowledge.medications.drug import Drug

ROWS: tuple[Drug, ...] = (*opioid_use.ROWS, *alcohol_use.ROWS, *psychiatric.ROWS, *others.ROWS)
ALL: dict[str, Drug] = {row.code: row for row in ROWS}

NOTHING_KNOWN = frozenset({"other"})


def find(code: str) -> Drug | None:
    """The medication with this code; None for one that was entered freely."""
    return ALL.get(code)


def classes_of(code: str) -> frozenset[str]:
    """The classes of a medication; of one entered freely nothing is known."""
    return ALL[code].classes if code in ALL else NOTHING_KNOWN


def code_of(name: str) -> str:
    """The code that a typed name means, by title or brand, whatever the capitals; empty when it is none we know."""
    typed = _plain(name)
    return _NAMES.get(typed, "")


def named_in(name: str) -> tuple[Drug, ...]:
    """Medications whose title, ingredient or brand stands as a whole word in a typed name, such as a combination."""
    typed = f" {_plain(name)} "
    codes = dict.fromkeys(code for known, code in _NAMES.items() if f" {known} " in typed)
    return tuple(ALL[code] for code in codes)


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name.lower()).split())


_NAMES = {_plain(name): row.code for row in reversed(ROWS) for name in (row.code, row.title, *row.brands)}
