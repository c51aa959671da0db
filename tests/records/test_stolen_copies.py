"""Gate G7: who carries the database off can read no word about anyone (R3, I2)."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.canaries import CANARY, PHONE, found_in, plant
from tests.postgres import binary
from throughcare.keys import new_keyring

ROOT = Path(__file__).resolve().parents[2]


def test_the_search_for_canaries_can_find_them():
    assert found_in(f"… {CANARY} …".encode())
    assert found_in(CANARY.upper().encode("utf-16"))
    assert found_in(PHONE.encode())
    assert found_in(b"nothing here") == []


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="looks through SQLite's files")
def test_no_canary_sings_in_a_sqlite_file_or_its_write_ahead_log(tmp_path):
    data = tmp_path / "clinic"
    data.mkdir()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        shape = [row[0] for row in cursor.fetchall()]
    copy = sqlite3.connect(
        data / "throughcare.sqlite3"
    )  # made in the shape of the tests' own, not migrated again
    copy.executescript(";\n".join(shape))
    copy.close()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "THROUGHCARE_DATA": str(data),
        "FIELD_KEYS": new_keyring("k1").strip().replace("\n", ","),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.canaries"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["planted"] > 80
    assert report["sizes"]["throughcare.sqlite3-wal"] > 100_000, "the log was not there to be looked through"
    assert report["sizes"]["backup"] > 100_000, "there was no backup to be looked through"
    assert {name: found for name, found in report["found"].items() if found} == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="looks through PostgreSQL's dump")
def test_no_canary_sings_in_a_dump_of_postgresql():
    plant()
    told = connection.get_connection_params()
    place = f"postgres://{told['user']}@{told['host']}:{told['port']}/{told['dbname']}"
    dump = subprocess.run([binary("pg_dump"), place], capture_output=True, check=True).stdout
    assert b"records_patient" in dump
    assert found_in(dump) == []
