"""Runs of the timetable started as child processes, so many at a time; the worker's other work goes on beside them."""

import logging
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from throughcare.pathway.timetable.runs.turns import end_gone_turns, take_runs

log = logging.getLogger("throughcare.worker")

COMMAND = (sys.executable, "-m", "throughcare.faces.worker.solving")
_CHILDREN: dict[UUID, "subprocess.Popen[bytes]"] = {}


def start_runs(at: datetime, *, command: Sequence[str] = COMMAND) -> str:
    """Bury the processes that are gone and start what waits; neither waits for any solving."""
    ended = [turn for turn, child in _CHILDREN.items() if child.poll() is not None]
    for turn in ended:
        del _CHILDREN[turn]
    # One that ended in order has written so itself; whoever has not was killed.
    gone = end_gone_turns(at=at, dead=ended)
    started = take_runs(settings.TIMETABLE_PROCESSES, at=at)
    for turn in started:
        _CHILDREN[turn] = subprocess.Popen([*command, str(turn)])
    return f"{len(started)} started, {gone} gone"


def end_children(seconds: float = 8) -> None:
    """Ask every child to end, which keeps its best week, and don't wait for long."""
    for child in _CHILDREN.values():
        child.terminate()
    for child in _CHILDREN.values():
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            log.warning("a run did not end in time and is killed")
            child.kill()
    _CHILDREN.clear()
