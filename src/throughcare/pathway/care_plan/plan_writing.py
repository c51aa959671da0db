"""Writing the lines of a plan: from a draft in memory, or copied from another version with the same threads."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from throughcare.knowledge.planning.care_plans import ObjectiveDraft, PlanDraft, check_dose_line
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.prepared import prepared
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
    if _problems(version.pk):  # without any, nothing hangs on them: so begins every first plan
        Intervention.objects.filter(objective__goal__problem__version=version).delete()
        Objective.objects.filter(goal__problem__version=version).delete()
        Goal.objects.filter(problem__version=version).delete()
        version.problems.all().delete()
    version.prescription.all().delete()


@prepared
def _problems(version: int) -> QuerySet[Problem, int]:
    return Problem.objects.filter(version=version).values_list("pk", flat=True)


def write_lines(version: PlanVersion, plan: PlanDraft, *, by: Actor, at: datetime) -> None:
    """Write a plan's lines into an empty draft, all of a kind at once."""
    said = said_by(by, at=at)
    diagnoses = {row.code: row for row in _standing_diagnoses(version.episode_id)}
    goals: list[Goal] = []
    objectives: list[Objective] = []
    interventions: list[Intervention] = []
    problems = []
    for order, problem in enumerate(plan.problems, start=1):
        diagnosis = _diagnosis(problem.diagnosis, diagnoses)
        row = Problem(version=version, order=order, statement=problem.statement, diagnosis=diagnosis, **said)
        problems.append(row)
        for place, goal in enumerate(problem.goals, start=1):
            goals.append(Goal(problem=row, order=place, own_words=goal.own_words, **said))
            steps = [
                _objective(goals[-1], one, order=n, said=said) for n, one in enumerate(goal.objectives, 1)
            ]
            objectives.extend(steps)
            for step, objective in zip(steps, goal.objectives, strict=True):
                interventions.extend(_interventions(step, objective, said=said))
    for line in plan.prescription:
        require(check_dose_line(line.session_type, per_week=line.per_week, minutes=line.minutes))
    Problem.objects.bulk_create(problems)
    Goal.objects.bulk_create(goals)
    Objective.objects.bulk_create(objectives)
    Intervention.objects.bulk_create(interventions)
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


@prepared
def _standing_diagnoses(episode: int) -> QuerySet[Diagnosis]:
    return Diagnosis.objects.filter(episode=episode, ended_at__isnull=True)


def _diagnosis(code: str, known: dict[str, Diagnosis]) -> Diagnosis | None:
    if code and code not in known:
        raise Cannot(
            f"{code} is not among the diagnoses of this episode. Enter it there first.", field="diagnosis"
        )
    return known.get(code)


def _objective(goal: Goal, objective: ObjectiveDraft, *, order: int, said: Said) -> Objective:
    return Objective(
        goal=goal,
        order=order,
        text=objective.text,
        measure_code=objective.measure_code,
        target=objective.target,
        target_date=objective.target_date,
        **said,
    )


def _interventions(row: Objective, objective: ObjectiveDraft, *, said: Said) -> Iterator[Intervention]:
    for place, one in enumerate(objective.interventions, start=1):
        if one.session_type not in SESSION_TYPES:
            raise Cannot(f"“{one.session_type}” is not a kind of session.", field="session_type")
        yield Intervention(
            objective=row,
            order=place,
            session_type=one.session_type,
            per_week=one.per_week,
            note=one.note,
            **said,
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
    interventions = [
        _again(row, objective=objectives[row.objective_id], by=by, at=at)
        for row in Intervention.objects.filter(objective__goal__problem__version=source).order_by("order")
    ]
    dose = [_again(line, version=target, by=by, at=at) for line in source.prescription.order_by("pk")]
    Problem.objects.bulk_create(problems.values())
    Goal.objects.bulk_create(goals.values())
    Objective.objects.bulk_create(objectives.values())
    Intervention.objects.bulk_create(interventions)
    PrescriptionLine.objects.bulk_create(dose)


def _again(row: Row, *, by: Actor, at: datetime, **parent: Model) -> Row:
    """The line anew, not stored yet."""
    kept = {field.attname for field in row._meta.concrete_fields} - {"id", "uid"}
    fresh = type(row)(**{name: getattr(row, name) for name in kept})
    for name, value in {**parent, **said_by(by, at=at)}.items():
        setattr(fresh, name, value)
    return fresh
