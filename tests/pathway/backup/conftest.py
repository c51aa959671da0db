"""A clinic whose database is whatever bytes the test says."""

import random
from contextlib import contextmanager

import pytest

from tests.cast import MORNING
from throughcare.keys import new_keyring
from throughcare.pathway.backup import taking
from throughcare.pathway.backup.manifests import Contents, chosen
from throughcare.pathway.backup.packs import unpacked
from throughcare.pathway.backup.pieces import by_lines
from throughcare.pathway.backup.places import Folder
from throughcare.pathway.backup.sealing import BackupKeys
from throughcare.pathway.backup.sources import Moment

KEYS = BackupKeys(new_keyring("b1"))


def database_like(seed, lines=4_000):
    """Some 300 kB of rows that never compress well."""
    dice = random.Random(seed)
    return b"".join(b"%d\t%s\n" % (n, dice.randbytes(32).hex().encode()) for n in range(lines))


@pytest.fixture
def clinic(db, tmp_path, monkeypatch):
    """A clinic whose database is whatever bytes the test says, with one file beside it."""

    class Clinic:
        content = database_like(1)
        folder = tmp_path / "clinic"
        place = Folder(tmp_path / "backups")

        def take(self, at=MORNING, full=False):
            return self.taker.take(self.folder, at=at, full=full)

        def back(self, **which):
            manifest = chosen(self.place, KEYS, **which)
            return b"".join(unpacked(self.place, KEYS, manifest.database))

        def files(self):
            return sorted(one for one in self.place.root.rglob("*") if one.is_file())

    made = Clinic()
    made.folder.mkdir()
    (made.folder / "kept").write_bytes(b"a row that waits")
    made.taker = taking.Taker(made.place, KEYS)

    @contextmanager
    def now(*, with_digests):
        yield Moment([made.content], by_lines, Contents("sqlite", {"records_patient": 1}, ()))

    monkeypatch.setattr(taking, "database_now", now)
    return made
