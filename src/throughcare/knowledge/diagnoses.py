"""ICD-10-CM: find a diagnosis by code or by the beginnings of its words. Release of April 2026 (NCHS/CDC).

`data/README.md` says how the table was made. Its lines are in the order in which a search shows them, so the
first lines that match are the answer; the table is kept as one text because 98,000 objects would weigh more.
"""

import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

RELEASE = "ICD-10-CM, April 2026"

BILLABLE = "+"


@dataclass(frozen=True)
class Diagnosis:
    """One code; only a billable one may stand on a claim, the others head a group of codes."""

    code: str
    description: str
    is_billable: bool


@dataclass(frozen=True)
class Table:
    """The file's lines, each after a line break; `keys` is as long, in the signs that are searched."""

    text: str
    keys: str


def search_diagnoses(text: str, limit: int = 20, *, billable_only: bool = False) -> list[Diagnosis]:
    """At most `limit` diagnoses whose code begins with the text, or of whose words each given one begins one.

    Behavioral chapters come first (F, then Z, T and R), within them the shorter code. Nothing for an empty text.
    """
    words = words_of(text)
    if not words:
        return []
    by_code = rows_with([f"\n{plain_code(text).lower()}"], billable_only)
    by_words = rows_with([f" {word}" for word in words], billable_only)
    starts = sorted({*islice(by_code, limit), *islice(by_words, limit)})
    return [row_at(start) for start in starts[:limit]]


def find_diagnosis(code: str) -> Diagnosis | None:
    """The diagnosis with exactly this code, with or without its dot and in any case; None where there is none."""
    plain = plain_code(code)
    if not re.fullmatch(r"[A-Z][A-Z0-9]{2,6}", plain):
        return None
    start = table().text.find(f"\n{plain}\t")
    return None if start < 0 else row_at(start)


def plain_code(text: str) -> str:
    """A code as the table holds it: capital letters, without dot and blanks."""
    return text.replace(".", "").replace(" ", "").upper()


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, small letters without accents; an apostrophe divides."""
    return re.findall(r"[a-z0-9]+", unaccented(text))


def rows_with(needles: list[str], billable_only: bool) -> Iterator[int]:
    """Where the lines start that hold every needle, in order."""
    keys, text = table().keys, table().text
    probe = max(needles, key=len)
    at = keys.find(probe)
    while at >= 0:
        start, end = keys.rfind("\n", 0, at + 1), keys.find("\n", at + 1)
        if all(keys.find(needle, start, end) >= 0 for needle in needles) and (
            not billable_only or text[end - 1] == BILLABLE
        ):
            yield start
        at = keys.find(probe, end)


def row_at(start: int) -> Diagnosis:
    """The diagnosis in the line after this line break."""
    text = table().text
    code, description, billable = text[start + 1 : text.index("\n", start + 1)].split("\t")
    dotted = f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
    return Diagnosis(dotted, description, is_billable=billable == BILLABLE)


@cache
def table() -> Table:
    """The data file, read once."""
    packed = files("throughcare.knowledge").joinpath("data", "icd10cm.tsv.gz").read_bytes()
    text = "\n" + gzip.decompress(packed).decode("utf-8")
    keys = text.encode("latin-1").translate(bytes(ord(searched(chr(code))) for code in range(256)))
    return Table(text=text, keys=keys.decode("ascii"))


def searched(sign: str) -> str:
    """A sign as it is searched: letters small and without accents, digits and line breaks as they are, else a blank."""
    plain = unaccented(sign)
    return plain if plain == "\n" or (plain.isascii() and plain.isalnum() and len(plain) == 1) else " "


def unaccented(text: str) -> str:
    """The text in small letters, without their accents."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))
