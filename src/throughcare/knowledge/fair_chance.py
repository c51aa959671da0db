"""Chance that anyone can check afterwards: a seed whose hash is published before, and is shown when all is drawn.

Commit and reveal: SHA-256 of the seed binds the program before it knows what will be asked of it; every number is
HMAC-SHA-256 of a label under the seed, so that who has the seed can work out each of them again.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import TypeVar

_Thing = TypeVar("_Thing")

SEED_BYTES = 32


def commitment_of(seed: str) -> str:
    """What is published before: the SHA-256 of the seed's bytes, in hex. `ValueError` when the seed is no hex."""
    return hashlib.sha256(bytes.fromhex(seed)).hexdigest()


def keeps_its_word(seed: str, commitment: str) -> bool:
    """Whether this seed is the one that was committed to."""
    try:
        return len(seed) == 2 * SEED_BYTES and hmac.compare_digest(commitment_of(seed), commitment)
    except ValueError:
        return False


def number_of(seed: str, label: str) -> int:
    """The number, 0 to 2^256-1, that the seed gives a label."""
    return int.from_bytes(hmac.new(bytes.fromhex(seed), label.encode(), hashlib.sha256).digest(), "big")


def in_chance_order(things: Sequence[_Thing], *, seed: str, label: str) -> list[_Thing]:
    """The things, shuffled: sorted by the number of “label|place”, where place counts from 0."""
    keyed = [(number_of(seed, f"{label}|{place}"), place) for place in range(len(things))]
    return [things[place] for _, place in sorted(keyed)]
