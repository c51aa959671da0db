"""A run whose engine never ends by itself, in processes of its own: `python -m tests.faces.worker.slow_solving DATA …`.

`story` asks for a run, starts it as the worker does, kills the process, buries it, starts it again and stops it; it
prints what a person sees after each. `solve TURN` is the process that is killed.
"""

import json
import os
import signal
import sys
import time
from dataclasses import dataclass

os.environ.setdefault("SECRET_KEY", "for tests only; no data of anyone is behind it")
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class SlowProgress:
    """What the engine says, with its best week."""

    seconds: float
    cost: float
    unmet_hours: float
    below: int
    bound: float | None
    plan: object


def solve(turn: str) -> int:
    """Work at a turn until told to stop."""
    from uuid import UUID

    from tests.pathway.timetable.a_small_week import MONDAY_CBT, everyone_on
    from throughcare.faces.worker import solving as process
    from throughcare.pathway.timetable.asking import solving

    def endless(job, *, on_progress, stop):
        tries = 0
        while not stop():
            tries += 1
            on_progress(SlowProgress(tries / 20, 12.0, 0.0, 0, None, everyone_on(MONDAY_CBT)))
            time.sleep(0.05)
        return solving.Outcome(solving.Best(everyone_on(MONDAY_CBT), 12.0, 0.0, 0))

    solving.work_on = endless
    process.TELLS_EVERY_SECONDS = 0.1
    return process.main(UUID(turn))


def story(folder: str) -> None:
    """From asking to a killed process, and on from its best week."""
    from django.utils import timezone

    from tests.cast import MONDAY, gather_cast
    from tests.pathway.timetable.a_small_week import a_small_week
    from throughcare.faces.worker.solving_rounds import _CHILDREN, end_children, start_runs
    from throughcare.pathway.timetable.runs.run import NewRun, ask_for_run, start_again, stop_run
    from throughcare.pathway.timetable.runs.views import run_view

    cast = gather_cast()
    by, command = cast.director, [sys.executable, "-m", "tests.faces.worker.slow_solving", folder, "solve"]
    run = ask_for_run(
        cast.site, NewRun("solve", MONDAY, "The week", a_small_week()), by=by, at=timezone.now()
    )

    def seen():
        return run_view(run, by=by, at=timezone.now())

    def until(is_so):
        ends = time.monotonic() + PATIENCE_SECONDS
        while not is_so(seen()):
            if time.monotonic() > ends:
                raise SystemExit(f"never came: {seen()}")
            time.sleep(0.05)

    def told(moment):
        now = seen()
        print(json.dumps([moment, now.state, len(now.plans)]))

    began = time.monotonic()
    start_runs(timezone.now(), command=command)
    print(json.dumps(["quick", time.monotonic() - began < 2]))
    until(lambda now: now.steps and now.plans)
    told("at work")
    (child,) = _CHILDREN.values()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    start_runs(timezone.now(), command=command)
    told("killed")
    start_again(run, by=by, at=timezone.now())
    start_runs(timezone.now(), command=command)
    until(lambda now: now.steps)
    stop_run(run, by=by, at=timezone.now())
    until(lambda now: now.is_over)
    told("stopped")
    start_again(run, by=by, at=timezone.now())
    start_runs(timezone.now(), command=command)
    until(lambda now: now.steps)
    end_children()
    told("the worker ended")


def main(folder: str, action: str, turn: str = "") -> int:
    """Do one step on a data folder."""
    from throughcare.faces.cli.installation import migrate, start_django, use_data_folder

    use_data_folder(folder)
    start_django()
    if action == "solve":
        return solve(turn)
    migrate()
    story(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
