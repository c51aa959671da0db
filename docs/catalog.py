"""Reads and writes a catalog of translations, `.po` for people, `.mo` for the program; no tool of the system needed."""

import ast
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

HEADER = "\n".join(
    (
        "Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        "Plural-Forms: nplurals=2; plural=(n != 1);",
        "",
    )
)


@dataclass(frozen=True)
class Entry:
    """A sentence in English and what it is called in the other language; two for one and for many."""

    one: str
    many: str = ""
    said: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether every form has its words."""
        return len(self.said) == (2 if self.many else 1) and all(self.said)


def read(file: Path) -> dict[str, Entry]:
    """The entries by their English sentence."""
    entries: dict[str, Entry] = {}
    for block in file.read_text(encoding="utf-8").split("\n\n") if file.exists() else ():
        entry = _entry(block)
        if entry is not None:
            entries[entry.one] = entry
    return entries


def _entry(block: str) -> Entry | None:
    parts: dict[str, str] = {}
    places, at = [], ""
    for line in block.splitlines():
        if line.startswith("#:"):
            places.append(line[2:].strip())
        elif line.startswith("msg"):
            at, _, words = line.partition(" ")
            parts[at] = ast.literal_eval(words)
        elif line.startswith('"'):
            parts[at] += ast.literal_eval(line)
    if not parts.get("msgid"):
        return None
    said = tuple(parts[name] for name in ("msgstr", "msgstr[0]", "msgstr[1]") if name in parts)
    return Entry(parts["msgid"], parts.get("msgid_plural", ""), said, tuple(places))


def write(file: Path, entries: Iterable[Entry], *, language: str) -> None:
    """The catalog for people, sorted by the English sentence."""
    header = "".join(f"{_quoted(line + chr(10))}\n" for line in HEADER.format(language=language).splitlines())
    blocks = [f'msgid ""\nmsgstr ""\n{header}']
    for entry in sorted(entries, key=lambda one: one.one):
        lines = [f"#: {place}" for place in sorted(set(entry.places))]
        lines.append(f"msgid {_quoted(entry.one)}")
        if entry.many:
            said = entry.said or ("", "")
            lines.append(f"msgid_plural {_quoted(entry.many)}")
            lines += [f"msgstr[{index}] {_quoted(words)}" for index, words in enumerate(said)]
        else:
            lines.append(f"msgstr {_quoted(entry.said[0] if entry.said else '')}")
        blocks.append("\n".join(lines) + "\n")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(blocks), encoding="utf-8")


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def compiled(entries: Mapping[str, Entry], *, language: str) -> bytes:
    """The catalog for the program: GNU's `.mo`, sorted, without a hash table."""
    said = {"": HEADER.format(language=language)}
    for entry in entries.values():
        if entry.is_done:
            key = f"{entry.one}\0{entry.many}" if entry.many else entry.one
            said[key] = "\0".join(entry.said)
    pairs = sorted((key.encode(), words.encode()) for key, words in said.items())
    count, start = len(pairs), 28
    at = start + 16 * count
    tables: list[bytes] = []
    for side in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[side]), at))
            at += len(pair[side]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, at)
    return head + b"".join(tables) + b"".join(pair[side] + b"\0" for side in (0, 1) for pair in pairs)
