"""The processes of a run: a lying provider, a server that hears its receipts, and workers that are killed."""

import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

from tests.postgres import spare_port

from bench.lying_provider import TOKEN

LANE = "crisis_lane"
STARTS_WITHIN = 60


class Processes:
    """Started on entering, ended on leaving, only those of this run."""

    def __init__(self, folder: Path, *, workers: int, seed: int, server_processes: int = 1) -> None:
        self.log = str(folder / "provider.log")
        self.kills = 0
        self._door, self._provider = spare_port(), spare_port()
        self._server_processes = server_processes
        self._seed, self._workers = seed, workers
        self._running: list[subprocess.Popen[bytes]] = []
        self._environment = {
            **os.environ,
            "THROUGHCARE_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "throughcare.settings",
            "SMS_URL": f"http://127.0.0.1:{self._provider}",
            "SMS_ACCOUNT": "AC0",
            "SMS_TOKEN": TOKEN,
            "SMS_FROM": "+12125550000",
            "HOME_ADDRESS": f"http://127.0.0.1:{self._door}",
            "LOG_LEVEL": "ERROR",
        }

    def __enter__(self) -> "Processes":
        try:
            self._start_all()
        except BaseException:
            self._end_all()
            raise
        return self

    def _start_all(self) -> None:
        Path(self.log).touch()
        self._start("bench.lying_provider", str(self._provider), self.log, str(self._seed))
        self.server = self._start(
            *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self._door)),
            *("--workers", str(self._server_processes)),
            *("--blocking-threads", "4", "--log-level", "error", "throughcare.wsgi:application"),
        )
        self.workers = [self._start("throughcare.faces.worker") for _ in range(self._workers)]
        self._wait_for_the_door()
        self._wait_for_lanes()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_all()

    def _end_all(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()

    @property
    def port(self) -> int:
        """Where the server listens."""
        return self._door

    def kill_some(self, dice: random.Random) -> None:
        """Kill one worker's crisis lane, every third time all of them at the same moment."""
        lanes = self.lanes()
        for pid in lanes if self.kills % 3 == 2 else dice.sample(lanes, min(1, len(lanes))):
            os.kill(pid, signal.SIGKILL)
            self.kills += 1

    def lanes(self) -> list[int]:
        """The crisis lanes of this run's workers that live now."""
        return [pid for worker in self.workers for pid in children_of(worker.pid) if runs_lane(pid)]

    def look(self) -> None:
        """Every process must still be there."""
        ended = [process.args for process in self._running if process.poll() is not None]
        if ended:
            raise RuntimeError(f"ended by itself: {ended}")

    def _start(self, *words: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen([sys.executable, "-m", *words], env=self._environment)
        self._running.append(process)
        return process

    def _wait_for_the_door(self) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            self.look()
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self._door}/sign-in", timeout=5).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def _wait_for_lanes(self) -> None:
        from throughcare.pathway.due_work import last_beats

        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            if any(beat.work == "crisis lane" for beat in last_beats()):
                return
            time.sleep(0.1)
        raise RuntimeError("no lane gave a beat")


def children_of(pid: int) -> list[int]:
    """The processes that this one started."""
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(word) for word in words.split()]


def runs_lane(pid: int) -> bool:
    """Whether this process is a crisis lane."""
    try:
        return LANE in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return False
