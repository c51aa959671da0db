"""`python -m bench.replica`: a replica is made, follows, the server is lost, and the replica becomes the database.

The steps are those of docs/operate.md, on this machine.
"""

import os
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
from tests.postgres import binary, run_as_postgres, spare_port

from bench.downtime import Broken, a_phone, ask, call
from bench.frozen_database import Browser, form_of, home_of
from bench.installation import an_installation
from bench.killed_server import Server
from bench.pooler import wait_for


def main() -> int:
    """All of it; 1 when a promise was broken."""
    with ExitStack() as until_done:
        folder = until_done.enter_context(an_installation(postgres=True))
        replica = Path(until_done.enter_context(tempfile.TemporaryDirectory(prefix="throughcare-replica-")))
        try:
            print(f"replica: {taken_over(folder, replica, spare_port())}")
        except Broken as broken:
            print(f"BROKEN: {broken}")
            return 1
        finally:
            run_as_postgres(
                [binary("pg_ctl"), "-D", f"{replica}/data", "-m", "immediate", "stop"], check=False
            )
    return 0


def taken_over(folder: Path, replica: Path, port: int) -> str:
    """From the first page on the server to a call for help on what was its replica; the line to print."""
    first = os.environ["DATABASE_URL"]
    second = first.replace(first.rpartition(":")[2].partition("/")[0], str(port))
    phone = a_phone()
    browser = Browser(0, {name: one.value for name, one in phone.cookies.items()})
    control = follow(replica, first, port)
    with Server(folder) as server:
        browser.port = server.port
        ask(browser.ask(*call(form_of(browser)))[0] == 302, "a call for help is not taken")
    rows = count(first)
    wait_for(lambda: count(second) == rows, "the replica does not follow")
    with psycopg.connect(first) as server:
        [state] = server.execute("SELECT state FROM pg_stat_replication").fetchone()
    ask(state == "streaming", f"the replica is said to be {state}")
    run_as_postgres([binary("pg_ctl"), "-D", str(home_of(first)), "-m", "immediate", "stop"])
    began = time.monotonic()
    run_as_postgres([*control, "promote"])
    os.environ["DATABASE_URL"] = second
    with Server(folder) as server:
        browser.port = server.port
        ask(
            browser.ask(*call(form_of(browser)))[0] == 302,
            "a call for help is not taken by what was the replica",
        )
        took = time.monotonic() - began
    more = count(second)
    ask(all(more[table] >= number for table, number in rows.items()), "rows are missing")
    ask(more != rows, "nothing was written")
    total = sum(rows.values())
    return f"followed; {total:,} rows all there, and a call for help taken {took:.1f} s after the server was lost"


def follow(replica: Path, address: str, port: int) -> list[str]:
    """The manual's first two steps; how the new server is controlled."""
    if os.geteuid() == 0:
        shutil.chown(replica, "postgres", "postgres")
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("CREATE ROLE replica REPLICATION LOGIN")
    at = address.rpartition(":")[2].partition("/")[0]
    run_as_postgres(
        [
            *(binary("pg_basebackup"), "-h", "127.0.0.1", "-p", at, "-U", "replica", "-D", f"{replica}/data"),
            *("-R", "-X", "stream", "-C", "-S", "replica", "--checkpoint=fast"),
        ]
    )
    control = [binary("pg_ctl"), "-D", f"{replica}/data", "-w", "-s", "-l", f"{replica}/log"]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {replica}"
    run_as_postgres([*control, "-o", options, "start"])
    return control


def count(address: str) -> dict[str, int]:
    """How many rows each table has."""
    with psycopg.connect(address) as server:
        tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name: server.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}


if __name__ == "__main__":
    sys.exit(main())
