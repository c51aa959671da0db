"""The work of one run, by its kind. Called only in a process of its own: the engine takes memory and all of a core."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from throughcare.pathway.timetable.run_turns import Best, Job, Step
from throughcare.timetable.check import check
from throughcare.timetable.problem import Plan, Problem

if TYPE_CHECKING:
    from throughcare.timetable.solve import Progress

OnProgress = Callable[["Progress"], None]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Outcome:
    """What came of a run: its best week, its last step, and the answer of a question."""

    best: Best | None
    steps: tuple[Step, ...] = ()
    answer: Any = None


def work_on(job: Job, *, on_progress: OnProgress, stop: Stop) -> Outcome:
    """Do it, until it is done, its seconds are over, or `stop` says so."""
    return _SOLVERS[job.kind](job, on_progress, stop)


def _solve(job: Job, on_progress: OnProgress, stop: Stop) -> Outcome:
    from throughcare.timetable.solve import solve

    solved = solve(
        job.problem,
        seconds=job.seconds,
        seed=job.seed,
        start=job.start,
        on_progress=on_progress,
        stop=stop,
    )
    best = checked(job.problem, solved.plan)
    return Outcome(best, (Step(solved.seconds, best.cost, best.unmet_hours, best.below, solved.bound),))


def checked(problem: Problem, plan: Plan) -> Best:
    """A week with what the check, which shares nothing with the engine, says of it."""
    found = check(problem, plan)
    return Best(plan, found.cost.total, found.unmet_hours, len(found.below), len(found.broken))


_SOLVERS: dict[str, Callable[[Job, OnProgress, Stop], Outcome]] = {"solve": _solve}
