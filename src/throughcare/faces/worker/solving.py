"""One run of the timetable, in a process of its own: `python -m throughcare.faces.worker.solving TURN`.

A thread tells every two seconds that the process lives, how it goes and what its best week is, and hears whether it
should stop. A process that is killed leaves what it told last.
"""

import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from throughcare.pathway.timetable.runs.turns import Best, Step
    from throughcare.timetable.problem import Plan
    from throughcare.timetable.solve import Progress

TELLS_EVERY_SECONDS = 2.0
# The clinic's pages come first on a small machine.
NICENESS = 5


def main(turn: UUID) -> int:
    """Do a turn's work; 0 when it ended in an orderly way."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    from throughcare.pathway.timetable.runs.turns import open_job

    job = open_job(turn)
    if job is None:
        return 0
    with contextlib.suppress(OSError):
        os.nice(NICENESS)
    teller = Teller(turn)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: teller.interrupt())
    return teller.tell_while_working()


class Teller:
    """What a turn has come to, told from a thread beside the work."""

    def __init__(self, turn: UUID) -> None:
        self.turn = turn
        self.should_stop = threading.Event()
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._steps: list[Step] = []
        self._plan: tuple[Plan, Step] | None = None
        self._interrupted = False

    def interrupt(self) -> None:
        """The process was asked to end."""
        self._interrupted = True
        self.should_stop.set()

    def note(self, progress: "Progress") -> None:
        """Keep what the engine says, for the next telling."""
        from throughcare.pathway.timetable.runs.turns import Step

        step = Step(progress.seconds, progress.cost, progress.unmet_hours, progress.below, progress.bound)
        with self._lock:
            self._steps.append(step)
            if progress.plan is not None:
                self._plan = (progress.plan, step)

    def tell_while_working(self) -> int:
        """Do the work, telling beside it, and write how it ended."""
        from django.utils import timezone

        from throughcare.pathway.timetable.asking.solving import work_on
        from throughcare.pathway.timetable.runs.turns import end_turn, open_job

        job = open_job(self.turn)
        if job is None:
            return 0
        telling = threading.Thread(target=self._tell, daemon=True)
        telling.start()
        try:
            outcome = work_on(job, on_progress=self.note, stop=self.should_stop.is_set)
        except Exception as error:  # whatever the engine trips over: the person reads that it failed
            self._end_telling(telling)
            words = f"The engine failed ({type(error).__name__}). Start it again; if it fails again, tell us."
            end_turn(self.turn, "failed", at=timezone.now(), because=words)
            raise
        self._end_telling(telling)
        how = "interrupted" if self._interrupted else "stopped" if self.should_stop.is_set() else "finished"
        end_turn(
            self.turn, how, at=timezone.now(), steps=outcome.steps, best=outcome.best, answer=outcome.answer
        )
        return 0

    def _end_telling(self, telling: threading.Thread) -> None:
        self._done.set()
        telling.join()

    def _tell(self) -> None:
        from django.db import connection
        from django.db.utils import OperationalError

        try:
            while not self._done.wait(TELLS_EVERY_SECONDS):
                with contextlib.suppress(
                    OperationalError
                ):  # the database is busy: the next telling has it all
                    self._tell_once()
        finally:
            connection.close()

    def _tell_once(self) -> None:
        from django.utils import timezone

        from throughcare.pathway.timetable.runs.turns import report_turn

        with self._lock:
            steps, plan = thinned(self._steps), self._plan
        if not report_turn(self.turn, steps, _best(plan), at=timezone.now()):
            self.should_stop.set()
        with self._lock:
            del self._steps[:]
            if self._plan is plan:
                self._plan = None


def thinned(steps: "list[Step]") -> "list[Step]":
    """The last step: between two tellings nobody looks."""
    return steps[-1:]


def _best(plan: "tuple[Plan, Step] | None") -> "Best | None":
    from throughcare.pathway.timetable.runs.turns import Best

    if plan is None:
        return None
    found, step = plan
    return Best(found, step.cost, step.unmet_hours, step.below)


if __name__ == "__main__":
    sys.exit(main(UUID(sys.argv[1])))
