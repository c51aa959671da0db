"""A clinic on PostgreSQL is backed up, restored beside itself by the drill, and equal to the last row and hash."""

import subprocess

import pytest
from django.db import connection

from tests.cast import MORNING
from tests.postgres import binary
from tests.referral_cast import refer
from tests.remembered import recall_cast
from throughcare.faces.cli import drill
from throughcare.keys import new_keyring
from throughcare.pathway.backup import sources
from throughcare.pathway.backup.places import Folder
from throughcare.pathway.backup.restoring import restore
from throughcare.pathway.backup.sealing import BackupKeys
from throughcare.pathway.backup.taking import Taker
from throughcare.pathway.backup.verifying import verify
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.records.people import Patient

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's is tests/pathway/backup"),
]


@pytest.fixture
def clinic(tmp_path, settings, monkeypatch):
    """A clinic with a person in it, a backup of it, and the environment in which commands find both."""
    settings.DATA = tmp_path / "clinic"
    settings.DATA.mkdir()
    ring = new_keyring("b1")
    told = connection.get_connection_params()
    address = f"postgres://{told['user']}@{told['host']}:{told['port']}"
    monkeypatch.setenv("DATABASE_URL", f"{address}/{told['dbname']}")
    for name, text in (("FIELD_KEYS", settings.FIELD_KEYS), ("BACKUP_KEYS", ring)):
        monkeypatch.setenv(name, text.strip().replace("\n", ","))
    monkeypatch.setattr(sources, "program", binary)
    monkeypatch.setenv("THROUGHCARE_PG_BIN", binary("psql").rpartition("/")[0])
    cast = recall_cast()
    refer(cast)
    note_own_work("test", "identity", {Patient.objects.get().pk}, organization=cast.organization, at=MORNING)
    taker = Taker(Folder(tmp_path / "backups"), BackupKeys(ring))
    taker.take(settings.DATA, at=MORNING)
    return taker


def test_a_backup_of_postgresql_is_restored_equal_and_held(clinic, settings, tmp_path, monkeypatch):
    from django.db import connections

    manifest = clinic.take(settings.DATA, at=MORNING, full=True).manifest
    assert manifest.contents.digests["records_patient"] != "0"
    assert verify(clinic.place, clinic.keys, every=True).backups == 2
    with drill._database(type("Arguments", (), {"into": None})()) as told:
        name = told["DATABASE_URL"].rpartition("/")[2]
        monkeypatch.setitem(connection.settings_dict, "NAME", name)
        connection.close()
        assert restore(clinic.place, clinic.keys, manifest, tmp_path / "new", at=MORNING) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT snapshot FROM records_restoration")
            assert cursor.fetchall() == [(2,)]
        with pytest.raises(Cannot, match="tables already"):
            restore(clinic.place, clinic.keys, manifest, tmp_path / "new", at=MORNING)
        connections.close_all()
        monkeypatch.undo()
        connection.close()


def test_a_dump_that_ends_too_soon_leaves_an_empty_database(clinic, settings, tmp_path, monkeypatch):
    manifest = clinic.take(settings.DATA, at=MORNING, full=True).manifest
    with drill._database(type("Arguments", (), {"into": None})()) as told:
        address = told["DATABASE_URL"]
        psql = [binary("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", address]
        from throughcare.pathway.backup.packs import unpacked

        dump = b"".join(unpacked(clinic.place, clinic.keys, manifest.database))
        middle = dump.index(b"COPY public.records_patient") + 400
        subprocess.run(psql, input=b"BEGIN;\n" + dump[:middle], capture_output=True, check=False)
        tables = subprocess.run(
            [
                binary("psql"),
                "-XAt",
                "-c",
                "SELECT count(*) FROM pg_tables WHERE schemaname='public'",
                address,
            ],
            capture_output=True,
            check=True,
        )
        assert tables.stdout.strip() == b"0"
