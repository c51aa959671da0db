"""`throughcare drill`: restore the newest backup into a place of its own, compare, say how long it took, clear up."""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from throughcare.faces.cli.backing_up import add_place, backup_keys, place_named, refusals_as_input
from throughcare.faces.cli.exchange import WrongInput
from throughcare.faces.cli.installation import start_django, use_data_folder
from throughcare.faces.cli.key_files import BACKUP, FIELD, SECRET
from throughcare.keys import key_folder
from throughcare.knowledge.backups import RESTORED_WITHIN


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the keys and the backups are; for PostgreSQL, an empty database."""
    parser.add_argument("--data", help="data folder, for the keys beside it (default: throughcare-data)")
    add_place(parser, "--from")
    parser.add_argument(
        "--into", metavar="URL", help="an empty PostgreSQL database (default: one made for the drill)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Restore beside, compare, clear up; 0 when equal and within the goal."""
    data = use_data_folder(arguments.data)
    start_django()
    began = time.monotonic()
    with refusals_as_input():
        place, _ = place_named(arguments), backup_keys()
        with tempfile.TemporaryDirectory(prefix="throughcare-drill-") as folder, _database(arguments) as more:
            environment = {**_without_database_file(), **_keys(data), **more}
            answer = _restored(Path(folder) / "data", place.named, environment)
    seconds = time.monotonic() - began
    age = datetime.now(UTC) - datetime.fromisoformat(answer["taken_at"])
    for line in (*answer["differences"], *answer["books"]):
        print(line)
    well = answer["equal"] and answer["held"] and seconds <= RESTORED_WITHIN.total_seconds()
    print(
        f"{'WELL' if well else 'LOOK'}: backup {answer['backup']} of {int(age.total_seconds())} s ago, "
        f"{answer['rows']:,} rows; restored, compared and held in {seconds:.1f} s "
        f"(goal: {RESTORED_WITHIN.seconds // 60} min)."
    )
    return 0 if well else 1


def _restored(folder: Path, place: str, environment: dict[str, str]) -> dict[str, Any]:
    """What `throughcare restore` says, in a process of its own: it opens another database than this one."""
    command = [sys.executable, "-m", "throughcare.faces.cli.main", "restore", "--json"]
    done = subprocess.run(
        [*command, "--from", place, "--data", str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise WrongInput(f"the drill failed: {done.stderr.strip()[-400:]}") from None
    return answer


def _keys(data: Path) -> dict[str, str]:
    """The keys of this installation, wherever they come from."""
    folder = key_folder(data)
    files = {"SECRET_KEY": SECRET, "FIELD_KEYS": FIELD, "BACKUP_KEYS": BACKUP}
    return {
        f"{name}_FILE": str(folder / file)
        for name, file in files.items()
        if not os.environ.get(name) and not os.environ.get(f"{name}_FILE")
    }


def _without_database_file() -> dict[str, str]:
    """The environment but for where the clinic's own database is named; the drill restores past any pooler."""
    theirs = ("DATABASE_URL_FILE", "DATABASE_DIRECT_URL", "DATABASE_DIRECT_URL_FILE")
    return {name: value for name, value in os.environ.items() if name not in theirs}


@contextmanager
def _database(arguments: argparse.Namespace) -> Iterator[dict[str, str]]:
    """Where the drill restores to: nothing to say for SQLite; a PostgreSQL database made for it and dropped after."""
    from throughcare.settings import from_environment

    url = from_environment("DATABASE_DIRECT_URL") or from_environment("DATABASE_URL")
    if arguments.into or not url:
        yield {"DATABASE_URL": arguments.into} if arguments.into else {}
        return
    import psycopg

    name = f"throughcare_drill_{secrets.token_hex(6)}"
    try:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege:
        raise WrongInput(
            "this role may not make databases. Name an empty one with --into, as its owner would"
        ) from None
    try:
        yield {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(
                psycopg.sql.SQL("DROP DATABASE {} WITH (FORCE)").format(psycopg.sql.Identifier(name))
            )
