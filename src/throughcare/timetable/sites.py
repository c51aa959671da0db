"""Many sites at once: each is a week of its own, and a few processes share their time out in slices."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import monotonic
from typing import Any

from throughcare.timetable.problem import Plan, Problem
from throughcare.timetable.search.bound import quick_bound
from throughcare.timetable.search.crew import Crew, Worker
from throughcare.timetable.search.messages import Slice, Sliced
from throughcare.timetable.search.rows import UNIT
from throughcare.timetable.search.tables import Tables
from throughcare.timetable.solve import Progress, Solved, solve

WORKER = "throughcare.timetable.search.site_worker"
# How often each site comes round: a first plan for all of them before any is made better.
TURNS = 4
# The first turn is shorter than the others by so much.
FIRST = 0.7


def solve_sites(
    problems: Sequence[Problem],
    *,
    seconds: float,
    workers: int = 2,
    seed: int = 0,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[Solved, ...]:
    """The best week of each site, in the order given, all within `seconds`; `on_progress` tells of their sum."""
    if len(problems) == 1:
        return (
            solve(
                problems[0], seconds=seconds, workers=workers, seed=seed, on_progress=on_progress, stop=stop
            ),
        )
    run = _Run(problems, seconds, max(1, workers), seed, on_progress)
    with Crew([Worker(WORKER, None) for _ in range(min(run.workers, len(problems)))]) as crew:
        for worker in crew.workers:
            run.hand_out(worker)
        while monotonic() < run.until and crew.alive and run.busy and not (stop is not None and stop()):
            crew.listen(min(0.2, run.until - monotonic()), run.heard)
            run.tell()
    return run.solved()


class _Run:
    """Which site is whose turn, and the best plan of each so far."""

    def __init__(
        self,
        problems: Sequence[Problem],
        seconds: float,
        workers: int,
        seed: int,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self.began = monotonic()
        self.until = self.began + seconds - min(0.2, seconds / 20)
        self.workers = workers
        self.busy: dict[Worker, int] = {}
        self._problems = problems
        self._seed = seed
        self._on_progress = on_progress
        self._told = self.began
        self._best: dict[int, Sliced] = {}
        self._turns = [(turn, site) for turn in range(TURNS) for site in range(len(problems))]

    def hand_out(self, worker: Worker) -> None:
        """Gives a process the next site to work on."""
        if not self._turns:
            self.busy.pop(worker, None)
            return
        turn, site = self._turns.pop(0)
        left = self.until - monotonic()
        mine = self._weight(turn, site)
        # Those at work are half done on average.
        others = sum(self._weight(*later) for later in self._turns)
        others += sum(self._weight(turn, other) for other in self.busy.values()) / 2
        share = left * self.workers * mine / (mine + others)
        known = self._best.get(site)
        self.busy[worker] = site
        problem = replace(self._problems[site], names={})
        seed = self._seed * 1000 + turn * 100 + site
        plan = known.plan if known else None
        worker.send(Slice(problem, plan, seed, max(0.05, min(share, left - 0.1))))

    def _weight(self, turn: int, site: int) -> float:
        """How much of the time a site's turn is worth: by its people."""
        return max(1, len(self._problems[site].people)) * (FIRST if turn == 0 else 1.0)

    def heard(self, worker: Worker, message: Any) -> None:
        """A process is done with its slice."""
        done: Sliced = message
        site = self.busy.pop(worker)
        known = self._best.get(site)
        if known is None or done.cost < known.cost:
            self._best[site] = done
        self.hand_out(worker)

    def tell(self) -> None:
        """Tells how all sites stand, about each second."""
        now = monotonic()
        if self._on_progress is not None and now - self._told >= 1:
            self._told = now
            best = self._best.values()
            self._on_progress(
                Progress(
                    now - self.began,
                    sum(done.cost for done in best),
                    sum(done.unmet_hours for done in best),
                    sum(done.below for done in best),
                    sum(done.bound for done in best),
                )
            )

    def solved(self) -> tuple[Solved, ...]:
        """What came of each site; one that nobody came to has an empty week."""
        took = monotonic() - self.began
        found = []
        for site, problem in enumerate(self._problems):
            done = self._best.get(site) or _nothing(problem)
            found.append(Solved(done.plan, done.cost, min(done.bound, done.cost), done.steps, took))
        return tuple(found)


def _nothing(problem: Problem) -> Sliced:
    """The week in which nothing is held."""
    tables = Tables(replace(problem, previous=None))
    cost = sum(row.prescribed for row in tables.people) * tables.weights.unmet / UNIT
    below = sum(row.enough > 0 for row in tables.people)
    unmet = sum(row.prescribed for row in tables.people) / 60
    return Sliced(Plan(), cost + below * tables.weights.below, quick_bound(tables), unmet, below, 0)
