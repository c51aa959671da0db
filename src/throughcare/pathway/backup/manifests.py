"""The manifest of each backup, sealed, numbered, and chained to the one before it."""

import hashlib
import json
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from throughcare.pathway.backup.packs import Stream
from throughcare.pathway.backup.places import Place, number_of, numbered
from throughcare.pathway.backup.sealing import BackupKeys, Broken
from throughcare.pathway.cannot import Absent

SNAPSHOTS = "snapshots"
PRUNED = "pruned"
FORMAT = 1
BEGINNING = "0" * 64


@dataclass(frozen=True)
class BookEnd:
    """The last row of an organization's book of accesses: its place and its digest."""

    organization: str
    sequence: int
    digest: str


@dataclass(frozen=True)
class Contents:
    """What was in the database: how many rows each table had, and where each book of accesses ended.

    `digests` has, for some backups, a fingerprint of all rows of each table.
    """

    engine: str
    rows: dict[str, int]
    books: tuple[BookEnd, ...]
    digests: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """One backup. It stands on the packs of its own and on those of its line since `begun_with`, the full one."""

    number: int
    begun_with: int
    previous: str
    taken_at: datetime
    contents: Contents
    database: Stream
    files: dict[str, Stream]
    packs: tuple[int, int]

    def as_json(self) -> dict[str, Any]:
        """As it is sealed."""
        return {
            "format": FORMAT,
            "number": self.number,
            "begun_with": self.begun_with,
            "previous": self.previous,
            "taken_at": self.taken_at.isoformat(),
            "contents": asdict(self.contents),
            "database": self.database.as_json(),
            "files": {name: one.as_json() for name, one in self.files.items()},
            "packs": self.packs,
        }

    @staticmethod
    def from_json(told: dict[str, Any]) -> "Manifest":
        """As it was sealed."""
        if told["format"] != FORMAT:
            raise Broken(f"This backup has the format {told['format']}, which this version does not know.")
        contents = told["contents"]
        books = tuple(BookEnd(**one) for one in contents["books"])
        first, last = told["packs"]
        return Manifest(
            int(told["number"]),
            int(told["begun_with"]),
            str(told["previous"]),
            datetime.fromisoformat(told["taken_at"]),
            Contents(contents["engine"], contents["rows"], books, contents["digests"]),
            Stream.from_json(told["database"]),
            {name: Stream.from_json(one) for name, one in told["files"].items()},
            (int(first), int(last)),
        )


@dataclass(frozen=True)
class Head:
    """The last backup of a place, and the digest by which the next one is chained to it."""

    manifest: Manifest
    digest: str


def put_manifest(place: Place, keys: BackupKeys, manifest: Manifest) -> Head:
    """Seal it and keep it: from now on the backup is there. Raises `Taken`."""
    sealed = keys.seal(json.dumps(manifest.as_json()).encode(), place=_place(manifest.number))
    place.add(numbered(SNAPSHOTS, manifest.number), sealed)
    return Head(manifest, hashlib.sha256(sealed).hexdigest())


def read_manifest(place: Place, keys: BackupKeys, number: int) -> Head:
    """One backup's manifest. Raises `Broken`."""
    sealed = place.read(numbered(SNAPSHOTS, number))
    words = keys.open(sealed, place=_place(number))
    try:
        manifest = Manifest.from_json(json.loads(words))
    except (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        struct.error,
    ):
        raise Broken(f"The manifest of backup {number} is none that this version can read.") from None
    return Head(manifest, hashlib.sha256(sealed).hexdigest())


def newest(place: Place, keys: BackupKeys) -> Head | None:
    """The last backup of a place; None in an empty one."""
    name = place.last(SNAPSHOTS)
    return read_manifest(place, keys, number_of(name)) if name else None


def chain(place: Place, keys: BackupKeys) -> Iterator[Manifest]:
    """Every manifest from the first. Raises `Broken` where one is missing, changed, or put in another's place."""
    before, expected = BEGINNING, 1
    for name in place.names(SNAPSHOTS):
        if number_of(name) != expected:
            raise Broken(f"Backup {expected} is missing from the chain.")
        head = read_manifest(place, keys, expected)
        if head.manifest.previous != before or head.manifest.number != expected:
            raise Broken(f"Backup {expected} is not chained to the one before it.")
        yield head.manifest
        before, expected = head.digest, expected + 1


def chosen(
    place: Place, keys: BackupKeys, *, number: int | None = None, until: datetime | None = None
) -> Manifest:
    """The backup of this number, or the last one taken until a moment, or the newest. Raises `Absent`, `Broken`."""
    if number is not None:
        return read_manifest(place, keys, number).manifest
    head = newest(place, keys)
    found = head.manifest if head else None
    while found is not None and until is not None and found.taken_at > until:
        found = read_manifest(place, keys, found.number - 1).manifest if found.number > 1 else None
    if found is None:
        raise Absent("There is no backup in this place" + (f" from before {until}." if until else "."))
    return found


def _place(number: int) -> bytes:
    return f"snapshot {number}".encode()
