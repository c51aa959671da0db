"""A PostgreSQL of our own for as long as it is needed: temporary folder, spare port, loopback only."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# Nothing of a run of tests outlives it, so nothing is written twice or tidied up meanwhile.
FOR_TESTS = ("synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@contextmanager
def a_postgres(*settings: str) -> Iterator[str]:
    """Start PostgreSQL with these settings and give its address; stop it and remove its folder afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="throughcare-pg-"))
    port = spare_port()
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        run_as_postgres(
            [
                binary("initdb"),
                "-D",
                f"{folder}/data",
                "-A",
                "trust",
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ]
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off -c max_connections=60"
        options += "".join(f" -c {setting}" for setting in settings)
        run_as_postgres(
            [binary("pg_ctl"), "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start"]
        )
        run_as_postgres(
            [binary("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "throughcare"]
        )
        yield f"postgres://postgres@127.0.0.1:{port}/throughcare"
    finally:
        run_as_postgres([binary("pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop"], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def binary(name: str) -> str:
    """A program of the newest PostgreSQL that Debian installed, else the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(found[-1]) if found else name


def run_as_postgres(command: Sequence[str], *, check: bool = True) -> None:
    """PostgreSQL refuses to run as root: become its own user when we are."""
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    subprocess.run(
        command,
        check=check,
        cwd="/",
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        stdout=subprocess.DEVNULL,
        stderr=None if check else subprocess.DEVNULL,
    )


def spare_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
