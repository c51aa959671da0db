"""The server and the worker beside it, as one command that ends both."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from throughcare.faces.cli.installation import check_sqlite


def serve_until_stopped(data: Path, *, host: str, port: int, processes: int) -> int:
    """Serve on `host:port`, with the worker as a child process; returns when the server ends."""
    check_sqlite()
    environment = {
        **os.environ,
        "THROUGHCARE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "throughcare.settings",
    }
    # A plain `kill` must end both children too, not orphan them.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    worker = subprocess.Popen([sys.executable, "-m", "throughcare.faces.worker"], env=environment)
    server = subprocess.Popen(_server_command(host, port, processes), env=environment)
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (server, worker):
            process.terminate()
        for process in (server, worker):
            process.wait()


def _server_command(host: str, port: int, processes: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(processes), "--blocking-threads", "4", "--log-level", "warning"),
        "throughcare.wsgi:application",
    ]
