"""Putting a backup back: into an empty place only, held from the first moment, compared with what the manifest says."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from django.db import connection

from throughcare.pathway.backup.manifests import Contents, Manifest
from throughcare.pathway.backup.packs import Stream, unpacked
from throughcare.pathway.backup.places import Place
from throughcare.pathway.backup.sealing import BackupKeys, Broken
from throughcare.pathway.backup.sources import (
    book_ends,
    count_rows,
    database_file,
    libpq_environment,
    postgres_contents,
    program,
)
from throughcare.pathway.cannot import Cannot

HELD_BY = "records_restoration"


def restore(
    place: Place,
    keys: BackupKeys,
    manifest: Manifest,
    folder: Path,
    *,
    at: datetime,
    with_digests: bool = True,
) -> list[str]:
    """Put a backup into this installation's empty place; what differs from the manifest, in sentences (none: equal).

    Raises `Cannot` when the place is not empty or the engine another one, `Broken` when a bit of the backup is wrong:
    then nothing is left behind in the database.
    """
    engine = manifest.contents.engine
    if engine != connection.vendor:
        raise Cannot(
            f"This backup is of {engine}, and this installation uses {connection.vendor}. Set or unset DATABASE_URL; "
            "to change engines, restore first and then use export-clinic and import-clinic."
        )
    _refuse_full(folder, manifest)
    if engine == "sqlite":
        found = _restore_sqlite(unpacked(place, keys, manifest.database), manifest, at=at)
    else:
        found = _restore_postgres(
            unpacked(place, keys, manifest.database), manifest, at=at, with_digests=with_digests
        )
    for name, stream in manifest.files.items():
        _write_file(place, keys, stream, _inside(folder, name))
    return _differences(manifest.contents, found)


def _refuse_full(folder: Path, manifest: Manifest) -> None:
    """Nothing is ever restored over something: what is there may be all that is left."""
    if any(_inside(folder, name).exists() for name in manifest.files):
        raise Cannot(
            f"{folder} holds files of a clinic already. Name an empty folder, or move them away first."
        )
    if connection.vendor == "sqlite":
        if database_file().exists():
            raise Cannot(
                f"{folder} holds a database already. Name an empty folder, or move that one away first."
            )
        return
    if connection.introspection.table_names():
        raise Cannot("The database at DATABASE_URL has tables already. Make an empty one and name it.")


def _restore_sqlite(blocks: Iterator[bytes], manifest: Manifest, *, at: datetime) -> Contents:
    """Written beside, checked, held, and only then given its name."""
    target = database_file()
    beside = target.with_name(f"{target.name}-restoring")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for block in blocks:
                file.write(block)
        try:
            found = _checked_and_held(beside, manifest, at)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise Broken(f"SQLite does not take this backup for sound ({type(error).__name__}).") from None
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(target)
        return found
    finally:
        for left in target.parent.glob(f"{beside.name}*"):
            left.unlink()


def _checked_and_held(beside: Path, manifest: Manifest, at: datetime) -> Contents:
    """What is in the file, once SQLite takes it for sound and the row that holds it is in. Raises `Broken`."""
    opened = sqlite3.connect(beside)
    try:
        cursor = opened.cursor()
        cursor.execute("PRAGMA journal_mode=DELETE")
        told = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
        if told != "ok":
            raise Broken(f"SQLite does not take this backup for sound: {told}")
        found = Contents("sqlite", count_rows(cursor, manifest.contents.rows), book_ends(cursor))
        cursor.execute(_hold(manifest, at))
        opened.commit()
        return found
    finally:
        opened.close()


def _restore_postgres(
    blocks: Iterator[bytes], manifest: Manifest, *, at: datetime, with_digests: bool
) -> Contents:
    """The dump and the row that holds it in one transaction: no worker ever meets the one without the other."""
    with _psql() as takes:
        # Without its own COMMIT at the end nothing stays: whoever kills us half way leaves an empty database.
        takes.write(b"BEGIN;\n")
        for block in blocks:
            takes.write(block)
        takes.write(f"\nSET search_path TO public;\n{_hold(manifest, at)};\nCOMMIT;\n".encode())
    with connection.cursor() as cursor:
        found = postgres_contents(cursor, with_digests=with_digests and bool(manifest.contents.digests))
    # The row that holds it is the only one that the backup did not have.
    found.rows[HELD_BY] -= 1
    found.digests.pop(HELD_BY, None)
    return found


@contextmanager
def _psql() -> Iterator[IO[bytes]]:
    command = [program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"]
    process = subprocess.Popen(
        command,
        env={**os.environ, **libpq_environment()},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    takes, tells = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stderr)
    try:
        yield takes
        takes.close()
    except BrokenPipeError:
        pass  # psql gave up: why stands in its own words, below
    except BaseException:
        process.kill()
        raise
    finally:
        words = tells.read().decode(errors="replace")
        code = process.wait()
    if code:
        # Of an error's lines only the first: the others may repeat what was read.
        line = next((one for one in words.splitlines() if "ERROR" in one or "error" in one), "no word")
        raise Cannot(f"PostgreSQL did not take the backup, and has nothing of it: {line[:300]}")


def _hold(manifest: Manifest, at: datetime) -> str:
    """A row as Django would write it; every value is a number or a moment of our own."""
    moments = ", ".join(
        f"'{one:%Y-%m-%d %H:%M:%S}.{one.microsecond:06d}{'+00' if connection.vendor == 'postgresql' else ''}'"
        for one in (manifest.taken_at.astimezone(UTC), at.astimezone(UTC))
    )
    return f"INSERT INTO {HELD_BY} (snapshot, taken_at, restored_at) VALUES ({manifest.number}, {moments})"  # noqa: S608


def _inside(folder: Path, name: str) -> Path:
    """Where a file belongs; a name that leads out of the folder is refused."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise Broken("A file of the backup has a name that leads out of the data folder.")
    return folder / path


def _write_file(place: Place, keys: BackupKeys, stream: Stream, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for block in unpacked(place, keys, stream):
            file.write(block)


def _differences(told: Contents, found: Contents) -> list[str]:
    """Where what was put back is not what the manifest says; a restore that ends well has none."""
    wrong: list[str] = []
    for what, kept, back in (("rows", told.rows, found.rows), ("contents", told.digests, found.digests)):
        common: Any = kept if what == "rows" else set(kept) & set(found.digests)
        wrong += [
            f"The {what} of {one} differ: {kept[one]} then, {back.get(one)} now."
            for one in sorted(common)
            if kept[one] != back.get(one)
        ]
    if told.books != found.books:
        wrong.append("The books of accesses end elsewhere than in the backup.")
    return wrong
