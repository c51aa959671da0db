"""The worker's side of a run: taking it, telling how it goes, keeping its best week, ending it. No person acts here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from throughcare.pathway.timetable.runs.problem_at_rest import problem_from_json
from throughcare.records.organizations import Site
from throughcare.records.timetable_runs import RunStep, RunTurn, TimetablePlan, TimetableRun
from throughcare.timetable.interchange import read_plan, write_plan
from throughcare.timetable.problem import Plan, Problem

# A process that has not been heard of for so long is gone.
GONE_AFTER = timedelta(seconds=30)
INTERRUPTED = "Its process ended before it was done. The best week so far is kept."


@dataclass(frozen=True)
class Job:
    """What a process has to do in its turn. `start` is the best week of an earlier turn."""

    turn: UUID
    kind: str
    problem: Problem
    start: Plan | None
    seconds: int
    seed: int
    asked: dict[str, Any]


@dataclass(frozen=True)
class Step:
    """How good the best week is after some seconds."""

    seconds: float
    cost: float
    unmet_hours: float
    below: int
    bound: float | None


@dataclass(frozen=True)
class Best:
    """The best week so far and how good it is; `broken` counts what the check found against it."""

    plan: Plan
    cost: float
    unmet_hours: float
    below: int
    broken: int = 0


@transaction.atomic
def take_runs(most: int, *, at: datetime) -> tuple[UUID, ...]:
    """Take runs that wait, the longest waiting first, until so many are at work; the public ids of the new turns."""
    free = most - RunTurn.objects.filter(ended_at__isnull=True).count()
    if free <= 0:
        return ()
    due = TimetableRun.objects.select_for_update(skip_locked=True).filter(due_at__isnull=False)
    return tuple(_begin(run, at=at).uid for run in due.order_by("due_at", "pk")[:free])


def _begin(run: TimetableRun, *, at: datetime) -> RunTurn:
    TimetableRun.objects.filter(pk=run.pk).update(due_at=None)
    before = run.turns.aggregate(last=Max("number"))["last"] or 0
    return RunTurn.objects.create(
        organization_id=run.organization_id, run=run, number=before + 1, alive_at=at, recorded_at=at
    )


def open_job(turn: UUID) -> Job | None:
    """What a turn has to do; None when it has ended, or there is none."""
    row = RunTurn.objects.select_related("run").filter(uid=turn, ended_at__isnull=True).first()
    if row is None:
        return None
    best = TimetablePlan.objects.filter(run=row.run, turn__isnull=False).order_by("cost", "pk").first()
    return Job(
        turn=row.uid,
        kind=row.run.kind,
        problem=problem_from_json(row.run.problem),
        start=read_plan(best.plan) if best else None,
        seconds=row.run.seconds,
        seed=row.run.seed,
        asked=row.run.asked or {},
    )


@transaction.atomic
def report_turn(turn: UUID, steps: Sequence[Step], best: Best | None, *, at: datetime) -> bool:
    """Say that the process lives, how it goes, and what its best week is; False when it should stop."""
    standing = RunTurn.objects.select_for_update().filter(uid=turn, ended_at__isnull=True)
    row = standing.first()
    if row is None:
        return False
    RunTurn.objects.filter(pk=row.pk).update(alive_at=at)
    _write_steps(row, steps, at=at)
    if best is not None:
        _keep_best(row, best, at=at)
    return not TimetableRun.objects.filter(pk=row.run_id, stop_asked_at__isnull=False).exists()


def _write_steps(turn: RunTurn, steps: Sequence[Step], *, at: datetime) -> None:
    RunStep.objects.bulk_create(
        RunStep(
            organization_id=turn.organization_id,
            turn=turn,
            seconds=round(one.seconds, 2),
            cost=one.cost,
            unmet_hours=one.unmet_hours,
            below=one.below,
            bound=one.bound,
            recorded_at=at,
        )
        for one in steps
    )


def _keep_best(turn: RunTurn, best: Best, *, at: datetime) -> None:
    said = {
        "plan": write_plan(best.plan),
        "cost": best.cost,
        "unmet_hours": best.unmet_hours,
        "below": best.below,
        "broken": best.broken,
        "recorded_at": at,
    }
    known = TimetablePlan.objects.filter(turn=turn).first()
    if known is not None:
        for name, value in said.items():
            setattr(known, name, value)
        known.save(update_fields=list(said))
        return
    run = TimetableRun.objects.select_related("site").get(pk=turn.run_id)
    TimetablePlan.objects.create(
        organization_id=run.organization_id,
        site=run.site,
        monday=run.monday,
        number=next_number(run),
        run=run,
        turn=turn,
        recorded_by_id=run.recorded_by_id,
        **said,
    )


def next_number(run: TimetableRun) -> int:
    """The number of the next plan of a site's week; the site is held until the transaction ends."""
    list(Site.objects.select_for_update().filter(pk=run.site_id).values_list("pk"))
    plans = TimetablePlan.objects.filter(site=run.site_id, monday=run.monday)
    return int(plans.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def end_turn(
    turn: UUID,
    how: str,
    *,
    at: datetime,
    because: str = "",
    steps: Sequence[Step] = (),
    best: Best | None = None,
    answer: Any = None,
) -> None:
    """Write how a turn ended (finished, stopped, failed, interrupted), with its last step, week and answer."""
    row = RunTurn.objects.select_for_update().filter(uid=turn, ended_at__isnull=True).first()
    if row is None:
        return
    _write_steps(row, steps, at=at)
    if best is not None:
        _keep_best(row, best, at=at)
    row.ended_at, row.how, row.because, row.answer = at, how, because[:300], answer
    row.save(update_fields=["ended_at", "how", "because", "answer"])


@transaction.atomic
def keep_worked_out(run: UUID, best: Best, *, at: datetime) -> UUID:
    """Keep a week found on the spot as what a run came to, before any worker takes it; the plan's public id."""
    row = TimetableRun.objects.select_for_update().get(uid=run)
    turn = _begin(row, at=at)
    end_turn(turn.uid, "finished", at=at, best=best)
    return TimetablePlan.objects.get(turn=turn).uid


def end_gone_turns(*, at: datetime, dead: Collection[UUID] = ()) -> int:
    """End the turns whose process is known to be `dead`, or was not heard of for long; how many."""
    silent = RunTurn.objects.filter(ended_at__isnull=True, alive_at__lt=at - GONE_AFTER)
    gone = {*silent.values_list("uid", flat=True), *dead}
    for turn in gone:
        end_turn(turn, "interrupted", at=at, because=INTERRUPTED)
    return len(gone)
