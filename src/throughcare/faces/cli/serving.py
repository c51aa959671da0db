"""The server and the worker beside it, as one command that keeps both running and ends both."""

import os
import signal
import sys
import threading
from pathlib import Path

from throughcare.faces.cli.installation import check_sqlite
from throughcare.faces.supervising import Child, keep_running


def serve_until_stopped(data: Path, *, host: str, port: int, processes: int) -> int:
    """Serve on `host:port`, with the worker beside it; returns when it is told to end or the server can't start."""
    check_sqlite()
    environment = {
        **os.environ,
        "THROUGHCARE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "throughcare.settings",
    }
    ended = threading.Event()
    # A plain `kill` must end both children too, not orphan them.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    children = (
        Child("the server", _server_command(host, port, processes), may_end=True),
        Child("the worker", [sys.executable, "-m", "throughcare.faces.worker"]),
    )
    return keep_running(children, environment=environment, ended=ended)


def _server_command(host: str, port: int, processes: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(processes), "--blocking-threads", "4", "--log-level", "warning"),
        "throughcare.wsgi:application",
    ]
