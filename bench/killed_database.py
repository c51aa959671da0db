"""The database of a run: killed where it is PostgreSQL, and looked at afterwards in any case."""

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

STOPS_WITHIN = 20


class Database:
    """`what` is killed: `server` (then the database lives on), `immediate` or `postmaster`."""

    def __init__(self, what: str) -> None:
        from django.db import connection

        self.what = what
        self._folder = ""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SHOW data_directory")
                self._folder = str(cursor.fetchone()[0])

    def kill(self) -> None:
        """As if somebody pulled it out: at once and without a checkpoint."""
        from tests.postgres import binary, run_as_postgres

        if self.what == "immediate":
            run_as_postgres([binary("pg_ctl"), "-D", self._folder, "-m", "immediate", "stop"])
        else:
            number = int((Path(self._folder) / "postmaster.pid").read_text(encoding="ascii").split()[0])
            children = _children_of(number)
            os.kill(number, signal.SIGKILL)
            _wait_until_gone([number, *children])

    def start(self) -> None:
        """Again as it was started first, but durable: it finds its own way back."""
        from tests.postgres import binary, run_as_postgres

        written = (Path(self._folder) / "postmaster.opts").read_text(encoding="utf-8")
        # After the program itself and its folder, which pg_ctl gives by itself.
        options = shlex.split(written)[3:]
        log = f"{Path(self._folder).parent}/log"
        words = shlex.join(options)
        command = [binary("pg_ctl"), "-D", self._folder, "-w", "-s", "-l", log, "-o", words, "start"]
        until = time.monotonic() + STOPS_WITHIN
        while True:
            # A process of the killed one may still be letting go of its memory: whoever looks after it tries again.
            try:
                run_as_postgres(command)
            except subprocess.CalledProcessError:
                if time.monotonic() > until:
                    raise
            else:
                return

    def what_is_corrupt(self) -> str:
        """What the database's own check and the book of accesses say; empty when both are whole."""
        from django.db import connection
        from django.utils import timezone

        from throughcare.pathway.privacy.chain import verify_every_chain

        connection.close()
        said = [report.in_words() for report in verify_every_chain(at=timezone.now()) if report.broken_at]
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA integrity_check")
                said += [row[0] for row in cursor.fetchall() if row[0] != "ok"]
                cursor.execute("PRAGMA foreign_key_check")
                said += [str(row) for row in cursor.fetchall()]
            else:
                cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
                cursor.execute(
                    "SELECT bt_index_check(c.oid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
                    "JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relpersistence = 'p'"
                )
        return "; ".join(said)


def _children_of(number: int) -> list[int]:
    words = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
    return [int(word) for word in words.split()]


def _wait_until_gone(numbers: list[int]) -> None:
    until = time.monotonic() + STOPS_WITHIN
    while any(_lives(number) for number in numbers):
        if time.monotonic() > until:
            raise RuntimeError("processes of PostgreSQL outlived their postmaster")
        time.sleep(0.02)


def _lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
