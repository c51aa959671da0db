"""The work of one run, by its kind. Called only in a process of its own: the engine takes memory and all of a core."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from throughcare.pathway.timetable.asking.effects import effects_to_json
from throughcare.pathway.timetable.asking.proposals import Proposed, as_proposal
from throughcare.pathway.timetable.runs.turns import Best, Job, Step
from throughcare.timetable.check import check
from throughcare.timetable.problem import Plan, Problem, SlotKey

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
    best = checked(job.problem, with_one_leader(job.problem, solved.plan))
    return Outcome(best, (Step(solved.seconds, best.cost, best.unmet_hours, best.below, solved.bound),))


def with_one_leader(problem: Problem, plan: Plan) -> Plan:
    """The plan with one leader for all meetings of a group, wherever that breaks nothing more.

    The engine chooses a leader meeting by meeting; a group in a clinic is led by one person all week.
    """
    series: dict[str, list[SlotKey]] = {}
    for key in plan.groups:
        if (name := problem.slots[key].series) is not None:
            series.setdefault(name, []).append(key)
    for keys in series.values():
        wanted = sorted({plan.groups[key] for key in keys})
        if len(wanted) > 1:
            able = [who for who in wanted if all(who in problem.leaders[key] for key in keys)]
            choices = [replace(plan, groups={**plan.groups, **dict.fromkeys(keys, who)}) for who in able]
            plan = min([plan, *choices], key=lambda one: _rank(problem, one, one is plan))
    return plan


def _rank(problem: Problem, plan: Plan, is_mixed: bool) -> tuple[int, bool, float]:
    found = check(problem, plan)
    return found.hard, is_mixed, found.cost.total


def checked(problem: Problem, plan: Plan) -> Best:
    """A week with what the check, which shares nothing with the engine, says of it."""
    found = check(problem, plan)
    return Best(plan, found.cost.total, found.unmet_hours, len(found.below), len(found.broken))


def _repair(job: Job, on_progress: OnProgress, stop: Stop) -> Outcome:
    """Mend a published week. Its steps are few and quick: only the last one is told."""
    from throughcare.timetable.repair import repair

    people = job.asked.get("people", ())
    mended = repair(job.problem, seconds=job.seconds, seed=job.seed, people=people, stop=stop)
    best = checked(job.problem, mended.plan)
    return Outcome(best, (Step(mended.seconds, best.cost, best.unmet_hours, best.below, None),))


def _what_if(job: Job, on_progress: OnProgress, stop: Stop) -> Outcome:
    """Weigh one proposal against the week as it stands."""
    from throughcare.timetable.what_if import effect

    proposal = as_proposal(job.problem, Proposed(**job.asked))
    found = effect(job.problem, job.problem.previous or Plan(), proposal, seconds=job.seconds)
    return Outcome(None, answer=effects_to_json([found]))


def _best_changes(job: Job, on_progress: OnProgress, stop: Stop) -> Outcome:
    """Weigh many proposals, and rank those that help."""
    from throughcare.timetable.what_if import best_proposals

    plan = job.problem.previous or Plan()
    return Outcome(
        None, answer=effects_to_json(best_proposals(job.problem, plan, seconds=job.seconds, stop=stop))
    )


_SOLVERS: dict[str, Callable[[Job, OnProgress, Stop], Outcome]] = {
    "solve": _solve,
    "repair": _repair,
    "what_if": _what_if,
    "best_changes": _best_changes,
}
