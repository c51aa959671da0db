"""Writing the lines of a plan: from a draft in memory, or copied from another version with the same threads."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from throughcare.knowledge.planning.care_plans import GoalDraft, ObjectiveDraft, PlanDraft, check_dose_line
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, require
from throughcare.records.care_plans import (
    Goal,
    Intervention,
    Objective,
    PlanVersion,
    PrescriptionLine,
    Problem,
)
from throughcare.records.episodes import Diagnosis

Said = dict[str, Any]
Row = TypeVar("Row", Problem, Goal, Objective, Intervention, PrescriptionLine)


def said_by(by: Actor, *, at: datetime) -> Said:
    """The columns that say whose a row is, who wrote it and when."""
    return {"organization_id": by.organization, "recorded_by_id": by.account, "recorded_at": at}


def clear_plan(version: PlanVersion) -> None:
    """Take every line off a draft."""
    Intervention.objects.filter(objective__goal__problem__version=version).delete()
    Objective.objects.filter(goal__problem__version=version).delete()
    Goal.objects.filter(problem__version=version).delete()
    version.problems.all().delete()
    version.prescription.all().delete()


def write_lines(version: PlanVersion, plan: PlanDraft, *, by: Actor, at: datetime) -> None:
    """Write a plan's lines into an empty draft."""
    said = said_by(by, at=at)
    diagnoses = {row.code: row for row in version.episode.diagnoses.filter(ended_at__isnull=True)}
    for order, problem in enumerate(plan.problems, start=1):
        row = Problem.objects.create(
            version=version,
            order=order,
            statement=problem.statement,
            diagnosis=_diagnosis(problem.diagnosis, diagnoses),
            **said,
        )
        for place, goal in enumerate(problem.goals, start=1):
            _write_goal(row, goal, order=place, said=said)
    for line in plan.prescription:
        require(check_dose_line(line.session_type, per_week=line.per_week, minutes=line.minutes))
    PrescriptionLine.objects.bulk_create(
        PrescriptionLine(
            version=version,
            session_type=line.session_type,
            per_week=line.per_week,
            minutes=line.minutes,
            **said,
        )
        for line in plan.prescription
    )


def _diagnosis(code: str, known: dict[str, Diagnosis]) -> Diagnosis | None:
    if code and code not in known:
        raise Cannot(
            f"{code} is not among the diagnoses of this episode. Enter it there first.", field="diagnosis"
        )
    return known.get(code)


def _write_goal(problem: Problem, goal: GoalDraft, *, order: int, said: Said) -> None:
    row = Goal.objects.create(problem=problem, order=order, own_words=goal.own_words, **said)
    for place, objective in enumerate(goal.objectives, start=1):
        _write_objective(row, objective, order=place, said=said)


def _write_objective(goal: Goal, objective: ObjectiveDraft, *, order: int, said: Said) -> None:
    row = Objective.objects.create(
        goal=goal,
        order=order,
        text=objective.text,
        measure_code=objective.measure_code,
        target=objective.target,
        target_date=objective.target_date,
        **said,
    )
    for one in objective.interventions:
        if one.session_type not in SESSION_TYPES:
            raise Cannot(f"“{one.session_type}” is not a kind of session.", field="session_type")
    Intervention.objects.bulk_create(
        Intervention(
            objective=row,
            order=place,
            session_type=one.session_type,
            per_week=one.per_week,
            note=one.note,
            **said,
        )
        for place, one in enumerate(objective.interventions, start=1)
    )


def copy_plan(source: PlanVersion, target: PlanVersion, *, by: Actor, at: datetime) -> None:
    """Copy every line of one version into another; each keeps its thread."""
    target.hours_per_week = source.hours_per_week
    target.days_per_week = source.days_per_week
    target.longest_day_hours = source.longest_day_hours
    target.expected_weeks = source.expected_weeks
    target.save()
    problems = {
        row.pk: _again(row, version=target, by=by, at=at) for row in source.problems.order_by("order")
    }
    goals = {
        row.pk: _again(row, problem=problems[row.problem_id], by=by, at=at)
        for row in Goal.objects.filter(problem__version=source).order_by("order")
    }
    objectives = {
        row.pk: _again(row, goal=goals[row.goal_id], by=by, at=at)
        for row in Objective.objects.filter(goal__problem__version=source).order_by("order")
    }
    for row in Intervention.objects.filter(objective__goal__problem__version=source).order_by("order"):
        _again(row, objective=objectives[row.objective_id], by=by, at=at)
    for line in source.prescription.order_by("pk"):
        _again(line, version=target, by=by, at=at)


def _again(row: Row, *, by: Actor, at: datetime, **parent: Model) -> Row:
    kept = {field.attname for field in row._meta.concrete_fields} - {"id", "uid"}
    fresh = type(row)(**{name: getattr(row, name) for name in kept})
    for name, value in {**parent, **said_by(by, at=at)}.items():
        setattr(fresh, name, value)
    fresh.save(force_insert=True)
    return fresh
