"""The best week that can be found in the time given."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from throughcare.timetable.greedy import first_week
from throughcare.timetable.problem import Plan, Problem
from throughcare.timetable.search.bound import quick_bound
from throughcare.timetable.search.bounder import is_small
from throughcare.timetable.search.crew import Crew, Worker, merge
from throughcare.timetable.search.mend import week_of
from throughcare.timetable.search.messages import Start
from throughcare.timetable.search.mirror import Mirror
from throughcare.timetable.search.price import attended, is_below, week_cost
from throughcare.timetable.search.rows import UNIT
from throughcare.timetable.search.seeker import Seeker
from throughcare.timetable.search.tables import Tables
from throughcare.timetable.search.week import Change, Week

WORKER = "throughcare.timetable.search.worker"
BOUNDER = "throughcare.timetable.search.bounder"
# In a run of at least so many seconds, one of several workers proves a bound from this share of the time on.
PROVING, PROVE_FROM = 20.0, 0.35
# Seconds kept at the end.
RESERVE = 0.1
# Below so many seconds starting a crew costs more than it brings; of the time, the share for placing people first.
ALONE, PLACING = 3.0, 0.55


@dataclass(frozen=True)
class Progress:
    """How far a search is: `cost` of the best week so far, which is `plan`; no week costs less than `bound`."""

    seconds: float
    cost: float
    unmet_hours: float
    below: int
    bound: float
    plan: Plan | None = None


@dataclass(frozen=True)
class Solved:
    """The best week found, what it costs, and what no week costs less than. `rounds` is how many steps it took."""

    plan: Plan
    cost: float
    bound: float
    rounds: int
    seconds: float

    @property
    def gap(self) -> float:
        """How far the cost may be from the best there is, as a share of it."""
        return max(0.0, (self.cost - self.bound) / self.cost) if self.cost else 0.0


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    rounds: int | None = None,
    seed: int = 0,
    workers: int = 2,
    start: Plan | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Solved:
    """The best week found within `seconds`, or in so many `rounds`: those give the same plan on any machine.

    It begins at `start`, or at the published plan; whatever of it is no longer allowed is dropped first.
    `on_progress` is told about each second; `stop` is asked several times a second.
    """
    began = monotonic()
    if (seconds is None) == (rounds is None):
        raise ValueError("solve needs either seconds or rounds")
    first = start if start is not None else problem.previous
    if rounds is not None:
        search = _Search(problem, began, on_progress, stop)
        search.in_rounds(rounds, seed, first)
    elif seconds is not None:
        # The last of the time is kept for writing the plan down.
        until = began + seconds - min(RESERVE, seconds / 20)
        if seconds < ALONE:
            search = _Search(problem, began, on_progress, stop)
            search.alone(until, seed, first)
            return search.solved()
        plain = replace(problem, names={})
        starts = [Start(plain, first, seed * 1000 + i, until - monotonic()) for i in range(max(1, workers))]
        with Crew([Worker(WORKER, message) for message in starts]) as crew:
            search = _Search(problem, began, on_progress, stop)
            search.side_by_side(crew, until, first)
    return search.solved()


class _Search:
    """One run: the best week, and telling how it goes."""

    def __init__(
        self,
        problem: Problem,
        began: float,
        on_progress: Callable[[Progress], None] | None,
        stop: Callable[[], bool] | None,
    ) -> None:
        self.tables = Tables(problem)
        self.week = Week(self.tables)
        self.bound = quick_bound(self.tables)
        self.rounds = 0
        self._began = began
        self._told = began
        self._on_progress = on_progress
        self._stop = stop
        self._mirrors: dict[Worker, Mirror] = {}

    def in_rounds(self, rounds: int, seed: int, first: Plan | None) -> None:
        """Steps counted and not timed, in this process."""
        self.week = first_week(self.tables, seed) if first is None else week_of(self.tables, first)
        seeker = Seeker(self.week, seed)
        while self.rounds < rounds and not self._stopped():
            seeker.step()
            self.rounds += 1
            self._tell()
        seeker.return_to_best()

    def alone(self, until: float, seed: int, first: Plan | None) -> None:
        """In this process, until the time is up."""
        late = self._began + PLACING * (until - self._began)
        if first is None:
            self.week = first_week(self.tables, seed, hurry=lambda: monotonic() > late)
        else:
            self.week = week_of(self.tables, first)
        self.rounds = 1
        seeker = Seeker(self.week, seed)
        while (left := until - monotonic()) > 0 and not self._stopped():
            seeker.step(left)
            self.rounds += 1
            self._tell()
        seeker.return_to_best()

    def side_by_side(self, crew: Crew, until: float, first: Plan | None) -> None:
        """Several processes, until the time is up."""
        if first is not None:
            self.week = week_of(self.tables, first)
        total = until - self._began
        prove_at = self._began + PROVE_FROM * total
        proving = total < PROVING or len(crew.workers) < 2 or not is_small(self.tables)
        while monotonic() < until and not self._stopped() and crew.alive:
            crew.listen(min(0.2, until - monotonic()), self._heard)
            if not proving and monotonic() > prove_at and self._mirrors:
                proving = True
                # It is to be done a moment before the time is up.
                message = Start(self.tables.problem, self.week.plan(), 0, 0.95 * (until - monotonic()))
                crew.replace(crew.workers[-1], Worker(BOUNDER, message))
            self._tell()

        if not self._mirrors and first is None and not self._stopped():
            # Nobody could begin: what this process can still do by itself.
            self.week = first_week(self.tables, hurry=lambda: monotonic() > until)

    def _heard(self, worker: Worker, message: Any) -> None:
        """A worker hands over what it found or proved, and is told what the others did."""
        if isinstance(message, float):
            self.bound = max(self.bound, message)
            return
        changes: list[Change] = message
        mirror = self._mirrors.get(worker)
        if mirror is None:
            mirror = self._mirrors[worker] = Mirror(self.week, empty=True)
            self._begin(changes[0])
            mirror.note(changes[0])
        else:
            for change in changes:
                mirror.note(change)
                merge(self.week, change)
        self.rounds += 1
        worker.send(mirror.towards(self.week))

    def _begin(self, change: Change) -> None:
        """Takes a worker's first week when it is better than what there is."""
        other = Week(self.tables)
        other.apply(change)
        if week_cost(other) < week_cost(self.week):
            self.week = other

    def _stopped(self) -> bool:
        return self._stop is not None and self._stop()

    def _tell(self) -> None:
        now = monotonic()
        if self._on_progress is not None and now - self._told >= 1:
            self._told = now
            people = range(len(self.tables.people))
            unmet = sum(self.tables.people[p].prescribed - attended(self.week, p) for p in people)
            below = sum(is_below(self.week, p) for p in people)
            cost = week_cost(self.week) / UNIT
            self._on_progress(
                Progress(now - self._began, cost, unmet / 60, below, self.bound, self.week.plan())
            )

    def solved(self) -> Solved:
        """What came of it."""
        cost = week_cost(self.week) / UNIT
        return Solved(self.week.plan(), cost, min(self.bound, cost), self.rounds, monotonic() - self._began)
