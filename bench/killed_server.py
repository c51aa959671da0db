"""A server in a process group of its own, which is killed whole and started again."""

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from tests.postgres import spare_port

STARTS_WITHIN = 60
ASKS_EVERY = 0.05


class Server:
    """Started on entering, ended on leaving."""

    def __init__(self, folder: Path, *before: str) -> None:
        """`before`: what the command begins with, such as a tracer."""
        self.port = spare_port()
        self._before = before
        self._environment = {
            **os.environ,
            "THROUGHCARE_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "throughcare.settings",
            "LOG_LEVEL": "CRITICAL",
            "REQUESTS_A_MINUTE": "0",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self.start()
        self.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        """Start it, not waiting for it."""
        self._process = subprocess.Popen(
            [
                *self._before,
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
                *("--port", str(self.port), "--workers", "1", "--blocking-threads", "4"),
                *("--log-level", "critical", "throughcare.wsgi:application"),
            ],
            env=self._environment,
            stderr=subprocess.DEVNULL,  # it says a page for each request that finds no database
            start_new_session=True,
        )

    def kill(self) -> None:
        """SIGKILL to all of its processes at once."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def wait(self) -> None:
        """Until it answers a page that asks the database."""
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                line.request("GET", "/first-run")
                if line.getresponse().status < 500:
                    return
            except (OSError, http.client.HTTPException):
                pass
            finally:
                line.close()
            time.sleep(ASKS_EVERY)
        raise RuntimeError("the server did not start")
