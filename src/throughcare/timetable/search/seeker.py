"""Makes one week better step by step: the next idea, tried, and kept when it is no worse."""

from random import Random

from throughcare.timetable.search.ideas import Ideas
from throughcare.timetable.search.part_of_week import PartOfWeek
from throughcare.timetable.search.price import try_change, week_cost
from throughcare.timetable.search.rebuild import rebuild
from throughcare.timetable.search.task import Outcome, Task
from throughcare.timetable.search.week import Change, Week

# Seconds of a quiet processor: placing one person, writing one variable of a model, a unit of CP-SAT's own time.
PLACING, WRITING, SOLVING = 0.004, 0.00005, 2.5


class Seeker:
    """One week and its ideas. What it does depends on the seed and its steps, never on the clock, unless a step is
    cut short."""

    def __init__(self, week: Week, seed: int) -> None:
        self.week = week
        self.ideas = Ideas(week, seed)
        self.cost = week_cost(week)

    def step(self, seconds: float | None = None) -> Change | None:
        """Tries one idea, for so many seconds at most; the change it made, or None."""
        task = self.ideas.next()
        outcome = self._solve(task, seconds) if task.exact else self._place(task)
        self.ideas.learn(task, outcome)
        if outcome.change is not None:
            self.cost -= outcome.gain
            self.ideas.weigh({*outcome.change.attend, *outcome.change.ones})
        return outcome.change

    def take(self, change: Change) -> None:
        """Makes a change that was found elsewhere."""
        more, _ = try_change(self.week, change)
        self.cost += more
        self.ideas.weigh({*change.attend, *change.ones})

    def _solve(self, task: Task, seconds: float | None) -> Outcome:
        """Solves a part exactly."""
        part = PartOfWeek(
            self.week, task.people, task.days, other_leaders=task.other_leaders, openings=task.openings
        )
        answer = part.model.solve(effort=task.effort / SOLVING, seconds=seconds, seed=task.seed)
        effort = WRITING * part.model.size + SOLVING * answer.effort
        if answer.values is None:
            return Outcome(None, 0, answer.optimal, effort)
        change = part.read(answer.values)
        more, back = try_change(self.week, change)
        if more > 0:
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
        if gain < 0:
            trial.undo()
            return Outcome(None, 0, True, effort)
        return Outcome(trial.change(), gain, True, effort)
