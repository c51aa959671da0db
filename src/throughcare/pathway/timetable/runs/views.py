"""Runs as pages show them: how far one is, how good its best week is, and all the runs of a site. Nobody is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch

from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.timetable.planners import require_planner
from throughcare.pathway.timetable.runs.run import KINDS, find_run
from throughcare.pathway.timetable.runs.turns import Step
from throughcare.records.timetable_runs import RunStep, RunTurn, TimetablePlan, TimetableRun

SHOWN = 60


@dataclass(frozen=True)
class PlanLine:
    """A plan in a list: `label` is how pages call it."""

    uid: UUID
    number: int
    words: str
    cost: float
    unmet_hours: float
    below: int
    broken: int
    made_at: datetime
    is_changed: bool

    @property
    def label(self) -> str:
        """How pages call it."""
        return f"Plan {self.number}"


@dataclass(frozen=True)
class RunView:
    """One run. `state` is a key of the status words; `steps` are those of its last turn, in the order of time."""

    uid: UUID
    kind: str
    title: str
    site: UUID
    site_name: str
    monday: date
    state: str
    because: str
    seconds: int
    seed: int
    people: int
    hours: float
    asked_by: str
    asked_at: datetime
    steps: tuple[Step, ...]
    plans: tuple[PlanLine, ...]

    @property
    def kind_title(self) -> str:
        """What kind of question it answers."""
        return KINDS[self.kind]

    @property
    def lead(self) -> str:
        """What is asked, in words."""
        limit = f"{self.seconds} seconds" if self.seconds < 120 else f"{self.seconds // 60} minutes"
        week = f"Week of {say_day(self.monday)}, {self.monday.year}"
        return f"{week}. {self.people} people, {self.hours:g} prescribed hours; at most {limit}, try {self.seed}."

    @property
    def state_words(self) -> str:
        """Where it stands, in a sentence."""
        if self.state == "waiting":
            return "The worker starts it within seconds."
        if self.state == "solving" and self.is_question:
            return "The answer stands here as soon as it is found."
        if self.state == "solving":
            return "It gets better while you watch. Stop when you are content."
        if self.state == "stopping":
            return "It stops at the next good moment and keeps its best week."
        return self.because

    @property
    def may_stop(self) -> bool:
        """Whether there is something to stop."""
        return self.state in ("waiting", "solving")

    @property
    def may_start_again(self) -> bool:
        """Whether it ended before it was done."""
        return self.state in ("stopped", "interrupted", "failed")

    @property
    def is_question(self) -> bool:
        """Whether it answers a question and makes no plan."""
        return self.kind in ("what_if", "best_changes")

    @property
    def is_over(self) -> bool:
        """Whether nothing moves any more."""
        return self.state not in ("waiting", "solving", "stopping")

    @property
    def last(self) -> Step | None:
        """How good its best week is."""
        return self.steps[-1] if self.steps else None

    @property
    def hours_met(self) -> float:
        """Prescribed hours that the best week gives."""
        return round(self.hours - self.last.unmet_hours, 2) if self.last else 0.0

    @property
    def gap(self) -> int | None:
        """How far the proof is from the best week, in whole percent of its cost; None without a proof."""
        if self.last is None or self.last.bound is None:
            return None
        if self.last.cost <= 0:
            return 0
        return max(0, round(100 * (self.last.cost - self.last.bound) / self.last.cost))

    @property
    def hours_met_words(self) -> str:
        """Prescribed hours that the best week gives, and of how many."""
        return f"{self.hours_met:g} of {self.hours:g}"

    @property
    def hours_of_plan(self) -> float:
        """Prescribed hours that the newest plan gives."""
        return round(self.hours - self.plan.unmet_hours, 2) if self.plan else 0.0

    @property
    def gap_words(self) -> str:
        """How far the proof is from the best week."""
        return "not known" if self.gap is None else f"{self.gap} %"

    @property
    def plan(self) -> PlanLine | None:
        """Its newest plan that the engine made."""
        return next((one for one in reversed(self.plans) if not one.is_changed), None)


def run_view(run: UUID, *, by: Actor, at: datetime) -> RunView:
    """One run with the steps of its last turn and its plans."""
    row = find_run(run, by=by)
    turn = RunTurn.objects.filter(run=row).order_by("-number").first()
    steps = RunStep.objects.filter(turn=turn).order_by("seconds", "pk") if turn else ()
    plans = TimetablePlan.objects.filter(run=row).defer("plan").order_by("number")
    return _view(row, turn, list(steps), list(plans))


def runs_of(site: UUID | None, *, by: Actor, at: datetime) -> list[RunView]:
    """The newest runs, with how each ended and its plans; the queries don't grow with them."""
    require_planner(by)
    rows = TimetableRun.objects.filter(organization_id=by.organization).defer("problem", "asked")
    rows = at_sites(rows, "schedule", by=by, verb="change").select_related("site", "recorded_by")
    if site is not None:
        rows = rows.filter(site__uid=site)
    rows = rows.prefetch_related(
        Prefetch("turns", RunTurn.objects.defer("answer").order_by("number")),
        Prefetch("plans", TimetablePlan.objects.defer("plan").order_by("number")),
    )
    found = []
    for row in rows.order_by("-recorded_at", "-pk")[:SHOWN]:
        turns = list(row.turns.all())
        found.append(_view(row, turns[-1] if turns else None, (), list(row.plans.all())))
    return found


def _view(
    row: TimetableRun, turn: RunTurn | None, steps: Sequence[RunStep], plans: Sequence[TimetablePlan]
) -> RunView:
    return RunView(
        uid=row.uid,
        kind=row.kind,
        title=row.title,
        site=row.site.uid,
        site_name=row.site.name,
        monday=row.monday,
        state=state_of(row, turn),
        because=turn.because if turn else "",
        seconds=row.seconds,
        seed=row.seed,
        people=row.people,
        hours=row.hours,
        asked_by=row.recorded_by.name if row.recorded_by else "the program",
        asked_at=row.recorded_at,
        steps=tuple(Step(one.seconds, one.cost, one.unmet_hours, one.below, one.bound) for one in steps),
        plans=tuple(map(plan_line, plans)),
    )


def state_of(run: TimetableRun, turn: RunTurn | None) -> str:
    """Where a run stands: waiting, solving, stopping, or how it ended."""
    if run.due_at is not None:
        return "waiting"
    if turn is None:
        return "stopped"
    if turn.ended_at is None:
        return "stopping" if run.stop_asked_at else "solving"
    return turn.how


def plan_line(row: TimetablePlan) -> PlanLine:
    """A plan without its week."""
    return PlanLine(
        uid=row.uid,
        number=row.number,
        words=row.words,
        cost=row.cost,
        unmet_hours=row.unmet_hours,
        below=row.below,
        broken=row.broken,
        made_at=row.recorded_at,
        is_changed=row.changed_from_id is not None,
    )
