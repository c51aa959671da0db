"""What a backup is taken of: the database as it is at one moment, as a stream of bytes, and what is in it."""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol, cast

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from throughcare.pathway.backup.manifests import BookEnd, Contents
from throughcare.pathway.backup.pieces import Cutter, by_lines, by_pages
from throughcare.pathway.cannot import Cannot

BLOCK = 1024 * 1024
COPY = "backup-copy.sqlite3"
# libpq's own names for what a connection needs, so that no password stands in a list of processes.
AS_LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
BOOKS = """
SELECT o.uid, a.sequence, a.digest FROM records_access a JOIN records_organization o ON o.id = a.organization_id
WHERE a.sequence = (SELECT max(b.sequence) FROM records_access b WHERE b.organization_id = a.organization_id)
ORDER BY o.uid
"""


@dataclass(frozen=True)
class Moment:
    """A database at one moment: its bytes, how they are best cut, what is in it."""

    blocks: Iterable[bytes]
    cut: Cutter
    contents: Contents


class Cursor(Protocol):
    """What both engines' cursors have."""

    def execute(self, sql: Any) -> Any:
        """Ask."""

    def fetchall(self) -> Sequence[Sequence[Any]]:
        """What was answered."""


def database_now(*, with_digests: bool) -> AbstractContextManager[Moment]:
    """The database of this installation as it is now; nobody who writes waits for it."""
    return _postgres_now(with_digests) if connection.vendor == "postgresql" else _sqlite_now()


def database_file() -> Path:
    """The file of this installation's SQLite."""
    return Path(settings.DATABASES["default"]["NAME"])


@contextmanager
def _sqlite_now() -> Iterator[Moment]:
    """A copy by SQLite's own backup, page for page in one step: pages stay where they are, so pieces repeat."""
    copy = Path(settings.DATA) / COPY
    try:
        copy.touch(mode=0o600)
        source, target = sqlite3.connect(f"file:{database_file()}?mode=ro", uri=True), sqlite3.connect(copy)
        target.execute("PRAGMA synchronous=OFF")
        source.backup(target)
        target.close()
        source.close()
        yield Moment(file_blocks(copy), by_pages, _contents_of_file(copy))
    finally:
        for one in copy.parent.glob(f"{COPY}*"):
            one.unlink()


def _contents_of_file(file: Path) -> Contents:
    """SQLite's file is its own fingerprint: its SHA-256 stands in the manifest."""
    opened = sqlite3.connect(f"file:{file}?immutable=1", uri=True)
    try:
        cursor = opened.cursor()
        tables = _column(
            cursor, "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
        )
        return Contents("sqlite", count_rows(cursor, tables), book_ends(cursor))
    finally:
        opened.close()


@contextmanager
def _postgres_now(with_digests: bool) -> Iterator[Moment]:
    """pg_dump in the snapshot of a transaction that also counts: both see the same rows."""
    environment = libpq_environment()
    with psycopg.connect(**_parameters()) as held:
        held.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        held.read_only = True
        with held.cursor() as cursor:
            snapshot = _column(cursor, "SELECT pg_export_snapshot()")[0]
            command = [program("pg_dump"), "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
            with _running(command, environment) as blocks:
                yield Moment(blocks, by_lines, postgres_contents(cursor, with_digests=with_digests))


def postgres_contents(cursor: Cursor, *, with_digests: bool) -> Contents:
    """What is in a PostgreSQL, as this cursor sees it."""
    tables = _column(cursor, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    digests = {one: _digest(cursor, one) for one in tables} if with_digests else {}
    return Contents("postgresql", count_rows(cursor, tables), book_ends(cursor), digests)


def _digest(cursor: Cursor, table: str) -> str:
    """A fingerprint of a table's rows in whatever order they stand. Beside GCM's: it compares databases, not bytes."""
    cursor.execute(
        f'SELECT coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM "{table}" t'  # noqa: S608  # of pg_tables
    )
    return str(cursor.fetchall()[0][0])


def count_rows(cursor: Cursor, tables: Iterable[str]) -> dict[str, int]:
    """How many rows each table has."""
    return {one: int(_column(cursor, f'SELECT count(*) FROM "{one}"')[0]) for one in tables}  # noqa: S608


def book_ends(cursor: Cursor) -> tuple[BookEnd, ...]:
    """Where each organization's book of accesses ends."""
    cursor.execute(BOOKS)
    return tuple(
        BookEnd(str(uid).replace("-", ""), int(last), digest) for uid, last, digest in cursor.fetchall()
    )


def _column(cursor: Cursor, sql: str) -> list[Any]:
    cursor.execute(sql)
    return [row[0] for row in cursor.fetchall()]


@contextmanager
def _running(command: Sequence[str], environment: dict[str, str]) -> Iterator[Iterator[bytes]]:
    """What a program writes; it must end well, or the backup does not count."""
    with subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield _until_end(process)
        finally:
            process.kill()


def _until_end(process: "subprocess.Popen[bytes]") -> Iterator[bytes]:
    told, trouble = cast(IO[bytes], process.stdout), cast(IO[bytes], process.stderr)
    yield from iter(lambda: told.read(BLOCK), b"")
    if process.wait() != 0:
        # Its own words name tables, never anyone's data.
        raise Cannot(f"pg_dump did not end well: {trouble.read().decode(errors='replace').strip()[:300]}")


def program(name: str) -> str:
    """A client program of PostgreSQL: where THROUGHCARE_PG_BIN says, else on the path."""
    folder = os.environ.get("THROUGHCARE_PG_BIN")
    return str(Path(folder) / name) if folder else name


def libpq_environment() -> dict[str, str]:
    """The database of this installation, as PostgreSQL's own programs take it."""
    return {AS_LIBPQ[name]: str(value) for name, value in _parameters().items()}


def _parameters() -> dict[str, Any]:
    """How the server itself is reached: behind a pooler, what `pg_dump` sets may stay on another's connection."""
    direct = settings.DATABASE_DIRECT_URL
    told = (
        conninfo_to_dict(direct)
        if direct
        else connection.get_connection_params() | {"dbname": connection.settings_dict["NAME"]}
    )
    return {name: told[name] for name in AS_LIBPQ if told.get(name) not in (None, "")}


def file_blocks(file: Path) -> Iterator[bytes]:
    """A file, a block at a time."""
    with file.open("rb") as opened:
        reader: Callable[[], bytes] = lambda: opened.read(BLOCK)  # noqa: E731
        yield from iter(reader, b"")
