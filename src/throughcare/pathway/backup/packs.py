"""Packs: the sealed pieces of one backup, one behind another, and the list that says where each stands."""

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from throughcare.pathway.backup.pieces import Cutter
from throughcare.pathway.backup.places import Place, number_of, numbered
from throughcare.pathway.backup.sealing import NAME_BYTES, BackupKeys, Broken

PACKS = "packs"
# What is held in memory at most while packing, and read at once while unpacking.
FULL = 8 * 1024 * 1024
ROW = struct.Struct(f">{NAME_BYTES}sIII")


class Entry(NamedTuple):
    """A piece by its name, and where it stands: which pack, from where, how many bytes."""

    name: bytes
    pack: int
    start: int
    length: int


@dataclass(frozen=True)
class Stream:
    """One file of a backup: its bytes, their SHA-256, and where the list of its pieces stands."""

    size: int
    sha256: str
    pieces: tuple[Entry, ...]

    def as_json(self) -> dict[str, Any]:
        """For the manifest."""
        rows = [[one.name.hex(), one.pack, one.start, one.length] for one in self.pieces]
        return {"size": self.size, "sha256": self.sha256, "pieces": rows}

    @staticmethod
    def from_json(told: dict[str, Any]) -> "Stream":
        """From the manifest. Raises `struct.error`, `ValueError` and its like for what never stood in one."""
        rows = tuple(Entry(bytes.fromhex(name), *where) for name, *where in told["pieces"])
        for row in rows:
            ROW.pack(*row)  # a place before the beginning, or beyond every pack
        return Stream(int(told["size"]), str(told["sha256"]), rows)


@dataclass
class Packing:
    """Writes streams into packs; a piece that is `known` from the backup before is only named."""

    place: Place
    keys: BackupKeys
    known: dict[bytes, Entry]
    first: int = field(init=False)
    written: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        newest = self.place.last(PACKS)
        self.first = self.next = number_of(newest) + 1 if newest else 1
        self._buffer = bytearray()

    def stream(self, blocks: Iterable[bytes], cut: Cutter) -> Stream:
        """Keep one file. Its list of pieces is cut and kept as it is itself, so that a long one costs little anew."""
        digest, size = hashlib.sha256(), 0
        rows = bytearray()
        for piece in cut(blocks):
            digest.update(piece)
            size += len(piece)
            rows += ROW.pack(*self._keep(piece))
        top = tuple(self._keep(piece) for piece in cut([bytes(rows)])) if rows else ()
        return Stream(size, digest.hexdigest(), top)

    def _keep(self, piece: bytes) -> Entry:
        name = self.keys.name(piece)
        if name in self.known:
            return self.known[name]
        sealed = self.keys.seal(piece, place=name)
        if len(self._buffer) + len(sealed) > FULL:
            self.flush()
        entry = Entry(name, self.next, len(self._buffer), len(sealed))
        self._buffer += sealed
        self.known[name] = entry
        return entry

    def flush(self) -> None:
        """Put what is held into a pack of its own."""
        if self._buffer:
            self.place.add(numbered(PACKS, self.next), bytes(self._buffer))
            self.written += len(self._buffer)
            self.next += 1
            self._buffer.clear()


def entries_of(place: Place, keys: BackupKeys, stream: Stream) -> Iterator[Entry]:
    """The pieces of a stream in order. Raises `Broken`."""
    rest = b""
    for piece in _pieces(place, keys, stream.pieces):
        rest += piece
        whole = len(rest) // ROW.size * ROW.size
        yield from (Entry(*row) for row in ROW.iter_unpack(rest[:whole]))
        rest = rest[whole:]


def unpacked(place: Place, keys: BackupKeys, stream: Stream) -> Iterator[bytes]:
    """The bytes of a stream, piece by piece. Raises `Broken`, at the latest at its end."""
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(place, keys, entries_of(place, keys, stream)):
        digest.update(piece)
        size += len(piece)
        yield piece
    if size != stream.size or digest.hexdigest() != stream.sha256:
        raise Broken("A file of the backup is not as it was when the backup was taken.")


def _pieces(place: Place, keys: BackupKeys, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Pieces that stand one behind another are read at once."""
    for run in _runs(entries):
        begin = run[0].start
        content = place.read(numbered(PACKS, run[0].pack), begin, run[-1].start + run[-1].length - begin)
        for one in run:
            sealed = content[one.start - begin : one.start - begin + one.length]
            yield keys.open(sealed, place=one.name)


def _runs(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    run: list[Entry] = []
    for one in entries:
        follows = bool(run) and one.pack == run[-1].pack and one.start == run[-1].start + run[-1].length
        if run and not (follows and one.start + one.length - run[0].start <= FULL):
            yield run
            run = []
        run.append(one)
    if run:
        yield run
