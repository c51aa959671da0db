"""The content of one version of a care plan, read whole: for the page, for the rules, for the digest that is signed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Prefetch, QuerySet

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
from throughcare.records.care_plans import (
    Goal,
    Intervention,
    Objective,
    PlanVersion,
    PrescriptionLine,
    Problem,
)

Line = TypeVar("Line", bound=Model)


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
    problems = tuple(
        _problem(row, latest or {})
        for row in version.problems.select_related("diagnosis")
        .order_by("order", "pk")
        .prefetch_related(Prefetch("goals", _ordered(Goal).prefetch_related(_objectives())))
    )
    dose = tuple(_dose(row) for row in version.prescription.order_by("pk"))
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


def _ordered(model: type[Line]) -> QuerySet[Line]:
    return model._default_manager.order_by("order", "pk")


def _objectives() -> "Prefetch[str]":
    return Prefetch("objectives", _ordered(Objective).prefetch_related(_interventions()))


def _interventions() -> "Prefetch[str]":
    return Prefetch("interventions", _ordered(Intervention))


def _problem(row: Problem, latest: Mapping[str, str]) -> ProblemLine:
    return ProblemLine(
        uid=row.uid,
        thread=row.thread,
        statement=row.statement,
        diagnosis=row.diagnosis.code if row.diagnosis else "",
        diagnosis_title=row.diagnosis.title if row.diagnosis else "",
        goals=tuple(
            GoalLine(goal.uid, goal.thread, goal.own_words, _objective_lines(goal.objectives.all(), latest))
            for goal in row.goals.all()
        ),
    )


def _objective_lines(rows: QuerySet[Objective], latest: Mapping[str, str]) -> tuple[ObjectiveLine, ...]:
    return tuple(_objective(row, latest) for row in rows)


def _objective(row: Objective, latest: Mapping[str, str]) -> ObjectiveLine:
    lines = tuple(_intervention(one) for one in row.interventions.all())
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
