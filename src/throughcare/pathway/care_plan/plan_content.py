"""The content of one version of a care plan, read whole: for the page, for the rules, for the digest that is signed."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.hours import number
from throughcare.knowledge.planning.care_plans import (
    DoseLine,
    GoalDraft,
    InterventionDraft,
    ObjectiveDraft,
    PlanDraft,
    ProblemDraft,
)
from throughcare.knowledge.planning.plan_measures import measure_words
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.pathway.prepared import prepared
from throughcare.records.care_plans import (
    Goal,
    Intervention,
    Objective,
    PlanVersion,
    PrescriptionLine,
    Problem,
)


@dataclass(frozen=True)
class InterventionLine:
    """One intervention as it stands in a version."""

    uid: UUID
    title: str
    draft: InterventionDraft

    @property
    def often(self) -> str:
        """How often a week, as people write it."""
        return number(self.draft.per_week)


@dataclass(frozen=True)
class ObjectiveLine:
    """One objective with its interventions. `latest` is the last value of its measure, in words."""

    uid: UUID
    thread: UUID
    measure: str
    latest: str
    draft: ObjectiveDraft
    interventions: tuple[InterventionLine, ...]


@dataclass(frozen=True)
class GoalLine:
    """One goal with its objectives."""

    uid: UUID
    thread: UUID
    own_words: str
    objectives: tuple[ObjectiveLine, ...]


@dataclass(frozen=True)
class ProblemLine:
    """One problem with its goals."""

    uid: UUID
    thread: UUID
    statement: str
    diagnosis: str
    diagnosis_title: str
    goals: tuple[GoalLine, ...]


@dataclass(frozen=True)
class DoseRow:
    """One line of the prescription."""

    uid: UUID
    title: str
    counts: bool
    line: DoseLine

    @property
    def often(self) -> str:
        """How often a week, as people write it."""
        return number(self.line.per_week)

    @property
    def hours(self) -> str:
        """Hours a week, as people write them."""
        return number(self.line.hours)


@dataclass(frozen=True)
class PlanContent:
    """Every line of a version, and the same as the draft that the rules check."""

    problems: tuple[ProblemLine, ...]
    prescription: tuple[DoseRow, ...]
    draft: PlanDraft


def read_content(version: PlanVersion, *, latest: Mapping[str, str] | None = None) -> PlanContent:
    """The version's content in five queries, however long the plan is. `latest`: last values by measure code."""
    problems = _problem_lines(version.pk, latest or {})
    dose = tuple(_dose(row) for row in _prescription(version.pk))
    draft = PlanDraft(
        problems=tuple(_problem_draft(one) for one in problems),
        prescription=tuple(row.line for row in dose),
        hours_per_week=_float(version.hours_per_week),
        days_per_week=version.days_per_week,
        longest_day_hours=_float(version.longest_day_hours),
        expected_weeks=version.expected_weeks,
    )
    return PlanContent(problems, dose, draft)


def digest_of(version: PlanVersion, content: PlanContent) -> str:
    """SHA-256 of the plan's exact content, with whose plan it is and which version."""
    said = {
        "patient": str(version.episode.patient.uid),
        "episode": str(version.episode.uid),
        "number": version.number,
        "plan": asdict(content.draft),
    }
    return sha256(json.dumps(said, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def _problem_lines(version: int, latest: Mapping[str, str]) -> tuple[ProblemLine, ...]:
    """The lines from the finest up: each finds what is under it by its own key."""
    interventions: dict[int, list[InterventionLine]] = defaultdict(list)
    for intervention in _interventions(version):
        interventions[intervention.objective_id].append(_intervention(intervention))
    objectives: dict[int, list[ObjectiveLine]] = defaultdict(list)
    for objective in _objectives(version):
        line = _objective(objective, tuple(interventions[objective.pk]), latest)
        objectives[objective.goal_id].append(line)
    goals: dict[int, list[GoalLine]] = defaultdict(list)
    for goal in _goals(version):
        steps = tuple(objectives[goal.pk])
        goals[goal.problem_id].append(GoalLine(goal.uid, goal.thread, goal.own_words, steps))
    return tuple(_problem(problem, tuple(goals[problem.pk])) for problem in _problems(version))


@prepared
def _problems(version: int) -> QuerySet[Problem]:
    return Problem.objects.select_related("diagnosis").filter(version=version).order_by("order", "pk")


@prepared
def _goals(version: int) -> QuerySet[Goal]:
    return Goal.objects.filter(problem__version=version).order_by("order", "pk")


@prepared
def _objectives(version: int) -> QuerySet[Objective]:
    return Objective.objects.filter(goal__problem__version=version).order_by("order", "pk")


@prepared
def _interventions(version: int) -> QuerySet[Intervention]:
    rows = Intervention.objects.filter(objective__goal__problem__version=version)
    return rows.order_by("order", "pk")


@prepared
def _prescription(version: int) -> QuerySet[PrescriptionLine]:
    return PrescriptionLine.objects.filter(version=version).order_by("pk")


def _problem(row: Problem, goals: tuple[GoalLine, ...]) -> ProblemLine:
    return ProblemLine(
        uid=row.uid,
        thread=row.thread,
        statement=row.statement,
        diagnosis=row.diagnosis.code if row.diagnosis else "",
        diagnosis_title=row.diagnosis.title if row.diagnosis else "",
        goals=goals,
    )


def _objective(
    row: Objective, lines: tuple[InterventionLine, ...], latest: Mapping[str, str]
) -> ObjectiveLine:
    target = _float(row.target)
    return ObjectiveLine(
        uid=row.uid,
        thread=row.thread,
        measure=measure_words(row.measure_code, target),
        latest=latest.get(row.measure_code, ""),
        draft=ObjectiveDraft(
            row.text, row.measure_code, target, row.target_date, tuple(line.draft for line in lines)
        ),
        interventions=lines,
    )


def _intervention(row: Intervention) -> InterventionLine:
    draft = InterventionDraft(row.session_type, float(row.per_week), row.note)
    return InterventionLine(row.uid, SESSION_TYPES[row.session_type].title, draft)


def _dose(row: PrescriptionLine) -> DoseRow:
    kind = SESSION_TYPES[row.session_type]
    line = DoseLine(row.session_type, float(row.per_week), row.minutes)
    return DoseRow(row.uid, kind.title, kind.counts_as_clinical_hours, line)


def _problem_draft(line: ProblemLine) -> ProblemDraft:
    goals = tuple(GoalDraft(one.own_words, _drafts(one.objectives)) for one in line.goals)
    return ProblemDraft(line.statement, goals, line.diagnosis)


def _drafts(lines: Sequence[ObjectiveLine]) -> tuple[ObjectiveDraft, ...]:
    return tuple(line.draft for line in lines)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
