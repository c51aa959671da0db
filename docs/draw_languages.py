"""Gathers every marked sentence into the catalogs and compiles them: `./run python docs/draw_languages.py`.

Prints the sentences that have no line in a language yet; `--check` only counts them.
"""

import os
import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from docs.catalog import Entry, compiled, read, write
from docs.marks import HOUSE, every_mark

CATALOGS = HOUSE / "faces/web/locale"
LANGUAGES = ("es",)


def main() -> None:
    """Write the catalogs and say what is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    for language in LANGUAGES:
        entries = gathered(language)
        write(po_of(language), entries.values(), language=language)
        mo_of(language).write_bytes(compiled(entries, language=language))
        missing = [entry.one for entry in entries.values() if not entry.is_done]
        lines = [f"{language}: {len(entries)} sentences, {len(missing)} without words"]
        sys.stdout.write("\n".join(lines if "--check" in sys.argv else [*lines, *missing]) + "\n")


def po_of(language: str) -> Path:
    """The catalog for people."""
    return CATALOGS / language / "LC_MESSAGES/django.po"


def mo_of(language: str) -> Path:
    """The catalog for the program."""
    return CATALOGS / language / "LC_MESSAGES/django.mo"


def gathered(language: str) -> dict[str, Entry]:
    """Every marked sentence with the words it has already; what is marked nowhere any more is dropped."""
    known, found = read(po_of(language)), dict[str, Entry]()
    for mark in every_mark():
        before = found.get(mark.one)
        many = mark.many or (before.many if before else "")
        places = (*(before.places if before else ()), mark.place)
        old = known.get(mark.one)
        said = old.said if old and bool(old.many) == bool(many) else ()
        found[mark.one] = Entry(mark.one, many, said, places)
    return found


if __name__ == "__main__":
    main()
