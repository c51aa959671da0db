"""Places of backups that others have had in their hands, for `bench.fuzz`: verified, and put back.

`stored` breaks what lies in the place, which nobody can do unseen; `manifest` and `database` break what was sealed,
as by somebody who holds the keys of backups.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.fuzz_exports import AT, remove_database

# As much of a database as is broken: its header and the pages of its schema are the first.
HEAD = 200_000


class BackedUp:
    """A target over one part of a place of backups."""

    def __init__(self, clinic: Callable[[Path], Any], part: str) -> None:
        self._clinic, self._part = clinic, part
        self._examples: list[bytes] = []

    def prepare(self, folder: Path) -> Callable[[bytes], bool]:
        """A small clinic is backed up, and its database taken away."""
        self._clinic(folder)
        from throughcare.keys import new_keyring
        from throughcare.pathway.backup.packs import unpacked
        from throughcare.pathway.backup.places import Folder
        from throughcare.pathway.backup.sealing import BackupKeys
        from throughcare.pathway.backup.taking import Taker

        self._folder, self._place = folder, Folder(folder / "place")
        self._keys, data = BackupKeys(new_keyring("b1")), folder / "data"
        data.mkdir()
        self._manifest = Taker(self._place, self._keys).take(data, at=AT).manifest
        database = b"".join(unpacked(self._place, self._keys, self._manifest.database))
        remove_database(folder)
        self._stored = next((folder / "place" / "snapshots").rglob("0*1"))
        self._rest = database[HEAD:]
        if self._part == "database":
            self._examples = [database[:HEAD]]
            return self._put_back
        if self._part == "manifest":
            self._examples = [json.dumps(self._manifest.as_json()).encode()]
            return self._verify_manifest
        self._examples = [self._stored.read_bytes()]
        return self._verify_stored

    def examples(self) -> list[bytes]:
        """The part as it was written."""
        return self._examples

    def _verify_stored(self, words: bytes) -> bool:
        self._stored.write_bytes(words)
        return self._is_sound()

    def _verify_manifest(self, words: bytes) -> bool:
        self._stored.write_bytes(self._keys.seal(words, place=b"snapshot 1"))
        return self._is_sound()

    def _is_sound(self) -> bool:
        """What `verify-backups` and the choosing of `restore` read."""
        from throughcare.pathway.backup.manifests import chosen
        from throughcare.pathway.backup.verifying import verify
        from throughcare.pathway.cannot import Absent, Cannot

        try:
            verify(self._place, self._keys)
            chosen(self._place, self._keys, until=AT)
        except (Cannot, Absent):
            return False
        return True

    def _put_back(self, words: bytes) -> bool:
        """A backup of a broken database, whole and sealed, restored into an empty folder."""
        from throughcare.pathway.backup.packs import Packing
        from throughcare.pathway.backup.pieces import by_pages
        from throughcare.pathway.backup.places import Folder
        from throughcare.pathway.backup.restoring import restore
        from throughcare.pathway.cannot import Cannot

        place = Folder(self._folder / "broken")
        packing = Packing(place, self._keys, {})
        stream = packing.stream([words, self._rest], by_pages)
        packing.flush()
        manifest = replace(self._manifest, database=stream, files={})
        try:
            return not restore(place, self._keys, manifest, self._folder / "data", at=AT)
        except Cannot:
            return False
        finally:
            shutil.rmtree(place.root)
            remove_database(self._folder)
