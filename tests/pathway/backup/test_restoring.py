"""A clinic put back from a backup: equal, into an empty place only, held until somebody arms it."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import MORNING
from tests.referral_cast import refer
from tests.remembered import recall_cast
from throughcare.keys import new_keyring
from throughcare.pathway.backup import restoring, sources
from throughcare.pathway.backup.arming import arm
from throughcare.pathway.backup.places import Folder
from throughcare.pathway.backup.restoring import restore
from throughcare.pathway.backup.sealing import BackupKeys, Broken
from throughcare.pathway.backup.taking import Taker
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.holding import held, is_held
from throughcare.pathway.message.outbox import Recipient, put_message
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.records.messages import Message
from throughcare.records.people import Patient
from throughcare.records.restorations import Arming, Restoration
from throughcare.records.signing_in import DoorMail

KEYS = BackupKeys(new_keyring("b1"))
MINUTE = timedelta(minutes=1)
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's is tests/faces/cli/test_drill"
)


@pytest.fixture(scope="module")
def clinics_file(tmp_path_factory):
    """The cast's clinic as a file of SQLite, which a test in a transaction could not copy."""
    return tmp_path_factory.mktemp("clinic") / "throughcare.sqlite3"


@pytest.fixture
def backup(transactional_db, clinics_file, tmp_path, settings, monkeypatch):
    """A backup of the cast's clinic and of a file beside its database, and an empty place to restore to."""
    settings.DATA = tmp_path / "clinic"
    settings.DATA.mkdir()
    (settings.DATA / "kept-accesses").mkdir()
    (settings.DATA / "kept-accesses" / "1").write_bytes(b"a sealed row")
    if not clinics_file.exists():
        cast = recall_cast()
        refer(cast)
        note_own_work(
            "test", "identity", {Patient.objects.get().pk}, organization=cast.organization, at=MORNING
        )
        copy = connection.Database.connect(str(clinics_file))
        connection.connection.backup(copy)
        copy.close()
    monkeypatch.setattr(sources, "database_file", lambda: clinics_file)
    taker = Taker(Folder(tmp_path / "backups"), KEYS)
    taken = taker.take(settings.DATA, at=MORNING)
    target = tmp_path / "new" / "throughcare.sqlite3"
    monkeypatch.setattr(restoring, "database_file", lambda: target)

    def back(manifest=taken.manifest):
        return restore(taker.place, KEYS, manifest, target.parent, at=MORNING + MINUTE)

    back.manifest, back.target, back.place = taken.manifest, target, taker.place
    return back


@on_sqlite
def test_t_r1_what_is_put_back_is_equal_and_held_from_the_first_moment(backup):
    assert backup() == []
    rows = backup.manifest.contents.rows
    assert rows["records_account"] > 5
    assert backup.manifest.contents.books
    again = sqlite3.connect(backup.target)
    for table, count in rows.items():
        [(found,)] = again.execute(f'SELECT count(*) FROM "{table}"').fetchall()
        assert found == count + (table == "records_restoration"), table
    assert again.execute("SELECT snapshot, restored_at FROM records_restoration").fetchall() == [
        (1, f"{MORNING + MINUTE:%Y-%m-%d %H:%M:%S}.000000")
    ]
    again.close()
    assert (backup.target.parent / "kept-accesses" / "1").read_bytes() == b"a sealed row"
    assert backup.target.stat().st_mode & 0o077 == 0
    assert not list(backup.target.parent.glob("*restoring*"))


@on_sqlite
def test_nothing_is_restored_over_something(backup):
    backup.target.parent.mkdir()
    backup.target.write_bytes(b"all that is left")
    with pytest.raises(Cannot, match="holds a database already"):
        backup()
    assert backup.target.read_bytes() == b"all that is left"
    backup.target.unlink()
    (backup.target.parent / "kept-accesses").mkdir()
    (backup.target.parent / "kept-accesses" / "1").write_bytes(b"another row")
    with pytest.raises(Cannot, match="files of a clinic already"):
        backup()
    assert not backup.target.exists()


@on_sqlite
def test_a_damaged_backup_leaves_no_database_behind(backup):
    [pack] = (backup.place.root / "packs").rglob("0000000001")
    whole = pack.read_bytes()
    pack.write_bytes(whole[: len(whole) // 2] + b"\x00" + whole[len(whole) // 2 + 1 :])
    with pytest.raises(Broken):
        backup()
    assert not list(backup.target.parent.glob("throughcare.sqlite3*"))


@on_sqlite
def test_a_sealed_file_that_is_no_database_is_refused_in_words(backup):
    files = backup.manifest.files
    other = replace(backup.manifest, database=files["kept-accesses/1"], files={})
    with pytest.raises(Broken, match="SQLite does not take this backup for sound"):
        backup(other)
    assert not list(backup.target.parent.glob("throughcare.sqlite3*"))


@on_sqlite
def test_a_difference_from_the_manifest_is_said(backup):
    contents = backup.manifest.contents
    fewer = replace(contents, rows=contents.rows | {"records_account": 1}, books=())
    told = backup(replace(backup.manifest, contents=fewer))
    assert told == [
        f"The rows of records_account differ: 1 then, {contents.rows['records_account']} now.",
        "The books of accesses end elsewhere than in the backup.",
    ]


@on_sqlite
def test_a_file_that_would_lead_out_of_the_folder_is_refused(backup):
    [stream] = backup.manifest.files.values()
    for name in ("../keys", "/etc/passwd", "a/../../b"):
        with pytest.raises(Broken, match="leads out"):
            backup(replace(backup.manifest, files={name: stream}))


def put(cast, key, at):
    to = Recipient(phone="+12125550101")
    put_message(
        to, subject="Paged", words="Sign in.", key=key, urgent=True, organization=cast.organization, at=at
    )


def restored(at=MORNING):
    return Restoration.objects.create(snapshot=7, taken_at=at - MINUTE, restored_at=at)


def test_armed_what_had_waited_is_set_aside_and_what_was_written_here_goes_out(cast):
    put(cast, "before", MORNING - MINUTE)
    DoorMail.objects.create(kind="reset", words="sealed", made_at=MORNING - MINUTE)
    restored()
    assert is_held()
    assert held().snapshot == 7
    put(cast, "here", MORNING + MINUTE)
    with pytest.raises(Cannot, match="who arms"):
        arm(operator=" ", at=MORNING + 2 * MINUTE)
    assert arm(operator="Dana Reyes", at=MORNING + 2 * MINUTE).set_aside == 2
    assert not is_held()
    assert Message.objects.get(key="before").settled_how == "restored"
    assert Message.objects.get(key="here").settled_at is None
    assert DoorMail.objects.get().words == ""
    assert Arming.objects.get().operator == "Dana Reyes"
    with pytest.raises(Cannot, match="sends already"):
        arm(operator="Dana Reyes", at=MORNING + 3 * MINUTE)


def test_armed_with_the_wish_to_send_what_waited_nothing_is_set_aside(cast):
    put(cast, "before", MORNING - MINUTE)
    restored()
    assert arm(operator="Dana Reyes", send_what_waited=True, at=MORNING + MINUTE).left == 1
    assert Message.objects.get(key="before").settled_at is None


def test_a_held_copy_takes_no_backups_of_itself(cast, tmp_path):
    restored()
    with pytest.raises(Cannot, match="not armed"):
        Taker(Folder(tmp_path / "backups"), KEYS).take(tmp_path, at=MORNING)
