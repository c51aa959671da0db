"""Keeps child processes running: one that dies is started again within a second."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LOOKS_EVERY_SECONDS = 0.2
# One that dies right after its start again and again is given a little more time each time.
LONGEST_PAUSE_SECONDS = 5.0
STEADY_AFTER_SECONDS = 10.0
ENDS_WITHIN_SECONDS = 15.0


@dataclass
class Child:
    """One process to keep running. `may_end`: when it ends by itself at its very start, everything ends with it."""

    name: str
    command: Sequence[str]
    may_end: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    quick_deaths: int = field(default=0)

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it, again or for the first time."""
        self.process = subprocess.Popen(self.command, env=dict(environment))
        self.started = time.monotonic()

    def died(self) -> int | None:
        """How it ended, if it did; a negative number is the signal that killed it."""
        return self.process.poll() if self.process else None

    @property
    def lived_seconds(self) -> float:
        """How long ago it was started."""
        return time.monotonic() - self.started

    def rest_seconds(self) -> float:
        """How long after its start it may be started again."""
        return float(min(LOOKS_EVERY_SECONDS * 2**self.quick_deaths, LONGEST_PAUSE_SECONDS))


def keep_running(
    children: Sequence[Child], *, environment: Mapping[str, str] | None = None, ended: threading.Event
) -> int:
    """Run all of them until `ended` is set, then end them; 0, or how a child ended that may end."""
    environment = os.environ if environment is None else environment
    parent = os.getppid()
    try:
        for child in children:
            child.start(environment)
        while not ended.wait(LOOKS_EVERY_SECONDS) and os.getppid() == parent:
            for child in children:
                code = child.died()
                if code is None:
                    continue
                if child.may_end and code >= 0 and child.lived_seconds < STEADY_AFTER_SECONDS:
                    return code
                _start_again(child, code, environment)
        return 0
    finally:
        end_all(children)


def _start_again(child: Child, code: int, environment: Mapping[str, str]) -> None:
    if child.lived_seconds >= STEADY_AFTER_SECONDS:
        child.quick_deaths = 0
    if child.lived_seconds < child.rest_seconds():
        return
    child.quick_deaths += 1
    sys.stderr.write(f"throughcare: {child.name} ended ({code}); it is started again\n")
    child.start(environment)


def end_all(children: Sequence[Child]) -> None:
    """Ask every child to end; whoever doesn't in time is killed."""
    running = [child.process for child in children if child.process and child.process.poll() is None]
    for process in running:
        process.terminate()
    until = time.monotonic() + ENDS_WITHIN_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
