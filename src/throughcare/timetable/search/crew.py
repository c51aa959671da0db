"""The processes that seek a better week side by side, and the one week they agree on.

A process of the crew is a fresh Python that talks over its pipes, so it works in any program that solves, and
ends at once when it is no longer wanted. Only the crew imports OR-Tools.
"""

import subprocess
import sys
from collections.abc import Callable
from selectors import EVENT_READ, DefaultSelector
from typing import Any

from throughcare.timetable.search.messages import BROKEN_OFF, hear, say
from throughcare.timetable.search.price import try_change
from throughcare.timetable.search.sound import is_sound
from throughcare.timetable.search.week import Change, Week


def merge(week: Week, change: Change) -> int:
    """Makes a change that was found on an older week, when it still holds and is no worse; returns what it gains."""
    if not change.attend and not change.ones and not change.leaders:
        return 0
    more, back = try_change(week, change)
    if more > 0 or not is_sound(week, change, back):
        week.apply(back)
        return 0
    return -more


class Worker:
    """One process of the crew, from this side."""

    def __init__(self, module: str, start: object) -> None:
        # A module of our own in our own Python: nothing from outside is run. In a group of its own, so that Ctrl-C
        # reaches only who started it: a worker ends when its pipe closes, never in the middle of a sentence.
        self._process = subprocess.Popen(
            [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0
        )
        self.alive = True
        self.send(start)

    @property
    def answers(self) -> Any:
        """Where its answers come from."""
        return self._process.stdout

    def send(self, message: object) -> None:
        """Tells it something."""
        pipe: Any = self._process.stdin
        try:
            if pipe is not None:
                say(pipe, message)
        except OSError:
            self.alive = False

    def receive(self) -> Any:
        """What it answers next; None when it has ended."""
        try:
            return hear(self.answers)
        except (EOFError, OSError, BROKEN_OFF):
            self.alive = False
            return None

    def end(self) -> None:
        """Ends it now, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    self.alive = False
        self._process.wait()


class Crew:
    """Several workers; `listen` hands over each answer that comes, until it is told to end."""

    def __init__(self, workers: list[Worker]) -> None:
        self.workers = workers
        self._selector = DefaultSelector()
        for worker in workers:
            self._selector.register(worker.answers, EVENT_READ, worker)

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()
        for worker in self.workers:
            worker.end()

    def listen(self, seconds: float, heard: Callable[[Worker, Any], None]) -> None:
        """Waits for answers, for so many seconds at most."""
        for key, _ in self._selector.select(max(0.0, seconds)):
            worker: Worker = key.data
            message = worker.receive()
            if message is None:
                self._selector.unregister(key.fileobj)
            else:
                heard(worker, message)

    def replace(self, old: Worker, new: Worker) -> None:
        """Ends one worker and lets another take its place."""
        self.workers[self.workers.index(old)] = new
        if old.alive:
            self._selector.unregister(old.answers)
        old.end()
        self._selector.register(new.answers, EVENT_READ, new)

    @property
    def alive(self) -> bool:
        """Whether anyone still works."""
        return any(worker.alive for worker in self.workers)
