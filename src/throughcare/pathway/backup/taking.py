"""Taking a backup: the files beside the database first, then the database, then the manifest that makes it count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from throughcare.pathway.backup.manifests import (
    BEGINNING,
    SNAPSHOTS,
    Head,
    Manifest,
    newest,
    put_manifest,
    read_manifest,
)
from throughcare.pathway.backup.packs import Entry, Packing, Stream, entries_of
from throughcare.pathway.backup.pieces import by_pages
from throughcare.pathway.backup.places import Place
from throughcare.pathway.backup.sealing import BackupKeys
from throughcare.pathway.backup.sources import COPY, database_now, file_blocks
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.holding import is_held

DATABASE = "throughcare.sqlite3"
# What can be made again, or is only a demo's; everything else in the data folder is taken along.
LEFT_OUT = frozenset({"mail", "messages"})


@dataclass(frozen=True)
class Backup:
    """A backup that was taken; `written` counts the bytes that were new to its place."""

    manifest: Manifest
    written: int

    @property
    def is_full(self) -> bool:
        """Whether it stands on nothing but itself."""
        return self.manifest.number == self.manifest.begun_with


class Taker:
    """Takes one backup after another into a place. It remembers the last one, so that the next is quick."""

    def __init__(self, place: Place, keys: BackupKeys) -> None:
        self.place, self.keys = place, keys
        self._head: Head | None = None
        self._known: dict[bytes, Entry] = {}

    def needs_full(self, *, at: datetime) -> bool:
        """The first of each day (UTC) stands on nothing but itself: damage to one day touches no other."""
        head = self._current()
        return head is None or self._day_of(head.manifest) != at.date()

    def take(self, folder: Path, *, at: datetime, full: bool = False) -> Backup:
        """Take one of this installation's database and data folder. Raises `Cannot`, `Broken`, `Taken`.

        Files first: what waits in one is either still there or in the database that is read after it.
        """
        if is_held():
            raise Cannot(
                "This database was put back from a backup and is not armed: its backups would "
                "be taken for those of the clinic. Arm it with `throughcare arm` first."
            )
        full = full or self.needs_full(at=at)
        head = self._current()
        packing = Packing(self.place, self.keys, {} if full else self._pieces_known())
        files = {
            str(one.relative_to(folder)): packing.stream(file_blocks(one), by_pages)
            for one in files_in(folder)
        }
        with database_now(with_digests=full) as moment:
            database = packing.stream(moment.blocks, moment.cut)
            contents = moment.contents
        packing.flush()
        number = head.manifest.number + 1 if head else 1
        manifest = Manifest(
            number=number,
            begun_with=number if full or head is None else head.manifest.begun_with,
            previous=head.digest if head else BEGINNING,
            taken_at=at,
            contents=contents,
            database=database,
            files=files,
            packs=(packing.first, packing.next - 1),
        )
        self._head, self._known = put_manifest(self.place, self.keys, manifest), packing.known
        return Backup(manifest, packing.written)

    def _current(self) -> Head | None:
        """The last backup of the place; read again when somebody else added one."""
        last = self.place.last(SNAPSHOTS)
        if self._head is None or last is None or not last.endswith(f"{self._head.manifest.number:010d}"):
            self._head, self._known = newest(self.place, self.keys), {}
        return self._head

    def _day_of(self, manifest: Manifest) -> date:
        if manifest.number == manifest.begun_with:
            return manifest.taken_at.date()
        return read_manifest(self.place, self.keys, manifest.begun_with).manifest.taken_at.date()

    def _pieces_known(self) -> dict[bytes, Entry]:
        if not self._known and self._head is not None:
            manifest = self._head.manifest
            for stream in (manifest.database, *manifest.files.values()):
                self._known |= _named(self.place, self.keys, stream)
        # What is known grows by what each backup adds; a day's end clears it.
        return self._known


def _named(place: Place, keys: BackupKeys, stream: Stream) -> dict[bytes, Entry]:
    inner: Iterable[Entry] = entries_of(place, keys, stream)
    return {one.name: one for one in (*stream.pieces, *inner)}


def files_in(folder: Path) -> list[Path]:
    """Every file of the data folder beside the database itself; a demo's messages stay out."""
    return [
        one
        for one in sorted(folder.rglob("*"))
        if one.is_file()
        and not one.is_symlink()
        and not one.name.startswith((DATABASE, COPY))
        and one.relative_to(folder).parts[0] not in LEFT_OUT
    ]
