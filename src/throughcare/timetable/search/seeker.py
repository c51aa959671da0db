"""Makes one week better step by step: the next idea, tried, and kept when it is no worse, or now and then a little
worse, for a while: a way round may lead lower."""

from math import log
from random import Random

from throughcare.timetable.search.ideas import Ideas
from throughcare.timetable.search.mirror import Mirror
from throughcare.timetable.search.part_of_week import PartOfWeek
from throughcare.timetable.search.price import try_change, week_cost
from throughcare.timetable.search.rebuild import rebuild
from throughcare.timetable.search.rows import UNIT
from throughcare.timetable.search.task import Outcome, Task
from throughcare.timetable.search.week import Change, Week

# Seconds of a quiet processor: placing one person, writing one variable of a model, a unit of CP-SAT's own time.
PLACING, WRITING, SOLVING = 0.0015, 0.00005, 2.5
# How much worse a step may be on average, when people are placed and when a part is solved; and for how much effort
# the search may stay away from its best week.
WORSE, WORSE_PART = 12 * UNIT, 50 * UNIT
AWAY = 16.0
# After so much effort without a better week, parts too may wander.
RESTLESS = 2.0
# By how much the costs of a part are blurred, so that of many weeks that cost about the same not always one is found.
BLURS = (0, 200, 200, 600)
# For each second of effort without a better week, a part may take so much more, up to so many times its effort.
STALE, PATIENCE = 0.08, 5.0


class Seeker:
    """One week and its ideas. What it does depends on the seed and its steps, never on the clock, unless a step is
    cut short."""

    def __init__(self, week: Week, seed: int) -> None:
        self.week = week
        self.ideas = Ideas(week, seed)
        self.cost = self.least = week_cost(week)
        self._best = Mirror(week)
        self._random = Random(seed + 1)  # noqa: S311
        self._away = 0.0
        self._stale = 0.0

    def step(self, seconds: float | None = None) -> Change | None:
        """Tries one idea, for so many seconds at most; the change to the best week so far, or None."""
        task = self.ideas.next(min(PATIENCE, 1 + STALE * self._stale))
        outcome = self._solve(task, seconds) if task.exact else self._place(task)
        self.ideas.learn(task, outcome)
        if outcome.change is not None:
            self.cost -= outcome.gain
            self.ideas.weigh({*outcome.change.attend, *outcome.change.ones})
        if self.cost < self.least:
            self.least, self._away, self._stale = self.cost, 0.0, 0.0
            return self._best.towards(self.week)
        self._away += outcome.effort
        self._stale += outcome.effort
        if self._away > AWAY and self.cost > self.least:
            self.return_to_best()
        return None

    def return_to_best(self) -> None:
        """Puts the best week back."""
        self._take(self._best.back(self.week))
        self._away = 0.0

    def take(self, change: Change) -> None:
        """Makes a change of the best week that was found elsewhere."""
        if change.attend or change.ones or change.leaders:
            self.return_to_best()
            self._take(change)
            self._best.note(change)
            self.least = self.cost

    def _take(self, change: Change) -> None:
        more, _ = try_change(self.week, change)
        self.cost += more
        self.ideas.weigh({*change.attend, *change.ones})

    def _solve(self, task: Task, seconds: float | None) -> Outcome:
        """Solves a part exactly."""
        part = PartOfWeek(
            self.week, task.people, task.days, other_leaders=task.other_leaders, openings=task.openings
        )
        restless = self._stale > RESTLESS
        if restless:
            part.blur(self._random.choice(BLURS), Random(task.seed))  # noqa: S311
        answer = part.model.solve(effort=task.effort / SOLVING, seconds=seconds, seed=task.seed)
        effort = WRITING * part.model.size + SOLVING * answer.effort
        if answer.values is None:
            return Outcome(None, 0, answer.optimal, effort)
        change = part.read(answer.values)
        more, back = try_change(self.week, change)
        if self._too_bad(-more, WORSE_PART) if restless else more > 0:
            self.week.apply(back)
            return Outcome(None, 0, answer.optimal, effort)
        return Outcome(change, -more, answer.optimal, effort)

    def _place(self, task: Task) -> Outcome:
        """Places people anew."""
        random = Random(task.seed)  # noqa: S311
        noise = random.choice((0.0, 0.5, 1.0, 2.0))
        trial = rebuild(self.week, task.people, random, close=task.close, openings=task.openings, noise=noise)
        effort = PLACING * trial.placed
        gain = trial.gain()
        if self._too_bad(gain, WORSE):
            trial.undo()
            return Outcome(None, 0, True, effort)
        return Outcome(trial.change(), gain, True, effort)

    def _too_bad(self, gain: int, worse: int) -> bool:
        """Whether a step is not to be kept: one that loses is, now and then, the less likely the more it loses."""
        return gain < worse * log(1 - self._random.random())
