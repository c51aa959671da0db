"""Breaks well-formed examples: bytes, lines and the parts of a JSON, as cables, programs and attackers do."""

import gzip
import json
import random
from collections.abc import Sequence
from typing import Any

ODD = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n\n",
        b'"',
        b"'",
        b"\\",
        b",",
        b";",
        b"\t",
        b"{",
        b"}",
        b"[",
    ),
    *(
        b"]",
        b"null",
        b"NaN",
        b"-0",
        b"1e999",
        b"9" * 5_000,
        b"2026-02-30",
        b"0000-00-00",
        b"9999-12-31T23:59:60Z",
    ),
    *(
        b"=1+1",
        b"@SUM(A1)",
        b"../../etc/passwd",
        b"%00",
        b"<!ENTITY x",
        b"&x;",
        b"{{7*7}}",
        b"${7*7}",
        b"\xc3\x28",
    ),
    *(
        "\u202e".encode(),
        "\u0000".encode(),
        "\ufdfa".encode() * 40,
        b"\xed\xa0\x80",
        b"A" * 70_000,
        b"PK\x03\x04",
    ),
)
ODD_VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        2**63,
        2**4000,
        1e308,
        float("inf"),
        float("nan"),
        "",
        " ",
        "\x00",
        "\ud800",
        [],
        {},
    ),
    *([[]], {"": ""}, "=1+1", "x" * 50_000, "2026-02-30", "9999-12-31", "12:61", "<script>", [None] * 50),
)
DEEPEST = 3_000


def broken(dice: random.Random, examples: Sequence[bytes]) -> bytes:
    """One broken example."""
    words = dice.choice(examples)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        words = dice.choice((in_bytes, in_bytes, in_lines, in_json, in_json, spliced, deep, packed))(
            dice, words
        )
        if dice.random() < 0.1:
            words = spliced(dice, words + dice.choice(examples))
    return words[:2_000_000]


def in_bytes(dice: random.Random, words: bytes) -> bytes:
    """A byte turned, cut out, or something odd put in."""
    at = dice.randrange(len(words) + 1)
    way = dice.randrange(3)
    if way == 0 and at < len(words):
        return words[:at] + bytes([words[at] ^ (1 << dice.randrange(8))]) + words[at + 1 :]
    if way == 1:
        return words[:at] + words[at + dice.choice((1, 2, 30, 3_000)) :]
    return words[:at] + dice.choice(ODD) + words[at:]


def in_lines(dice: random.Random, words: bytes) -> bytes:
    """Lines doubled, swapped or lost."""
    lines = words.split(b"\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    way = dice.randrange(3)
    if way == 0:
        lines[at:at] = [lines[other]] * dice.choice((1, 2, 50))
    elif way == 1:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        del lines[at]
    return b"\n".join(lines)


def in_json(dice: random.Random, words: bytes) -> bytes:
    """A part of a JSON exchanged for something odd, taken out, or put where another belongs."""
    try:
        found = json.loads(words)
    except (ValueError, RecursionError):
        return in_bytes(dice, words)
    places = [(found, key) for key in keys_of(found)]
    for holder, key in places:
        if len(places) < 2_000:
            places.extend((holder[key], inner) for inner in keys_of(holder[key]))
    if not places:
        return json.dumps(dice.choice(ODD_VALUES)).encode(errors="surrogatepass")
    holder, key = dice.choice(places)
    way = dice.randrange(3)
    if way == 0:
        holder[key] = dice.choice(ODD_VALUES)
    elif way == 1:
        del holder[key]
    else:
        other, place = dice.choice(places)
        holder[key] = json.loads(json.dumps(other[place])) if place in keys_of(other) else None
    try:
        return json.dumps(found).encode()
    except (ValueError, RecursionError):
        return words


def keys_of(part: Any) -> Sequence[Any]:
    """Where something may be put into a part."""
    if isinstance(part, dict):
        return [*part]
    return range(len(part)) if isinstance(part, list) else ()


def spliced(dice: random.Random, words: bytes) -> bytes:
    """A piece of it moved to elsewhere."""
    first, last = sorted(dice.randrange(len(words) + 1) for _ in range(2))
    at = dice.randrange(len(words) + 1)
    return words[:at] + words[first:last] + words[at:]


def deep(dice: random.Random, words: bytes) -> bytes:
    """Nested as deeply as nobody writes."""
    opens, closes = dice.choice(((b"[", b"]"), (b'{"a":', b"}")))
    depth = dice.choice((10, 100, DEEPEST))
    return opens * depth + words + closes * depth


def packed(dice: random.Random, words: bytes) -> bytes:
    """Packed with gzip, whole or broken."""
    made = gzip.compress(words, 1)
    return made if dice.random() < 0.5 else in_bytes(dice, made)
