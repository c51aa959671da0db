"""The data of an earlier version as it was stored: SQL of SQLite, sealed under keys that this file makes.

`python -m tests.upgrades.stored_data` stores today's as `unreleased.sql.gz`; with a release it gets its version's name,
stays as it is for ever, and `unreleased` begins anew.
"""

import base64
import gzip
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stored"
UNRELEASED = FOLDER / "unreleased.sql.gz"
WORDS = hashlib.sha256(b"stored data session").hexdigest()


def keyring() -> str:
    """Keys that anybody may know: nobody is behind this data."""
    names = ("k1", "index")
    digests = (hashlib.sha256(f"stored data {name}".encode()).digest() for name in names)
    pairs = zip(names, digests, strict=True)
    return "\n".join(f"{name}:{base64.urlsafe_b64encode(key).decode()}" for name, key in pairs)


def environment(folder: Path) -> dict[str, str]:
    """Where a process finds that data."""
    left_out = {"DATABASE_URL", "DATABASE_URL_FILE", "FIELD_KEYS_FILE", "SECRET_KEY_FILE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "THROUGHCARE_DATA": str(folder), "SECRET_KEY": WORDS, "FIELD_KEYS": keyring()}


def restore(stored: Path, folder: Path) -> None:
    """Put stored data into an empty data folder."""
    with sqlite3.connect(folder / "throughcare.sqlite3") as database:
        database.executescript(gzip.decompress(stored.read_bytes()).decode())
    database.close()


def in_a_process(code: str, folder: Path) -> dict[str, dict[str, int]]:
    """Run one of the functions below in a process of its own on that folder; what it prints."""
    told = subprocess.run(
        [sys.executable, "-c", f"from tests.upgrades.stored_data import *; {code}"],
        env=environment(folder),
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    if told.returncode:
        raise AssertionError(told.stderr[-2_000:])
    answer: dict[str, dict[str, int]] = json.loads(told.stdout or "{}")
    return answer


def make() -> None:
    """A small clinic with words of every kind in it."""
    started()
    from tests.boards_cast import in_program
    from tests.cast import MORNING, gather_cast
    from tests.crisis_cast import put_on_call
    from throughcare.pathway.crisis.raising import raise_crisis
    from throughcare.pathway.safety_plan.writing import NewPlan, save_plan

    cast = gather_cast()
    put_on_call(cast)
    eve = in_program(cast, "Eve", "Lund")
    save_plan(eve.uid, "safety", NewPlan({"signs": ["I stop answering"]}), by=cast.clinician, at=MORNING)
    raise_crisis(
        eve.uid, priority="P2", source="staff", words="She called", key="one", by=cast.clinician, at=MORNING
    )


def upgrade() -> None:
    """What `serve` does first on a database of an earlier version; then what it holds and what it lacks.

    Prints the rows of every model, each sealed word opened on the way, and the columns by which the database differs.
    """
    from django.apps import apps
    from django.db import connection

    started()
    told = {"rows": {one._meta.db_table: len(list(one.objects.all())) for one in apps.get_models()}}
    with connection.cursor() as cursor:
        told["differs"] = {
            f"{one._meta.db_table}.{name}": 1
            for one in apps.get_models()
            for name in _columns_there(cursor, one._meta.db_table)
            ^ {field.column for field in one._meta.concrete_fields}
        }
    print(json.dumps(told))


def _columns_there(cursor: Any, table: str) -> set[str]:
    from django.db import connection

    return {one.name for one in connection.introspection.get_table_description(cursor, table)}


def count_stored(folder: Path) -> dict[str, int]:
    """Rows by table, without the program."""
    with sqlite3.connect(folder / "throughcare.sqlite3") as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        counts = {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables
        }
    database.close()
    return counts


def started() -> None:
    """Django on the folder of this process, with this version's database."""
    from throughcare.faces.cli.installation import migrate, start_django

    start_django()
    migrate()


def main() -> None:
    """Store today's."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        in_a_process("make()", Path(folder))
        database = sqlite3.connect(Path(folder) / "throughcare.sqlite3")
        words = "\n".join(database.iterdump())
        database.close()
    FOLDER.mkdir(exist_ok=True)
    UNRELEASED.write_bytes(gzip.compress(words.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
