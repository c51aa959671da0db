"""The kinds of lines that a plan is made of: where each hangs, what it may hold, how it reads."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import Model

from throughcare.knowledge.planning.care_plans import check_dose_line
from throughcare.knowledge.planning.plan_measures import ALL as MEASURES
from throughcare.knowledge.planning.plan_measures import measure_words
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.pathway.cannot import Cannot, require
from throughcare.records.care_plans import (
    Goal,
    Intervention,
    Objective,
    PlanVersion,
    PrescriptionLine,
    Problem,
)

Words = Mapping[str, Any]


@dataclass(frozen=True)
class LineKind:
    """A kind of line: its record, what it hangs under, the way up to the version, and its own columns."""

    code: str
    record: type[Model]
    parent: str
    parent_kind: str
    to_version: str
    columns: tuple[str, ...]


KINDS = {
    kind.code: kind
    for kind in (
        LineKind("problem", Problem, "version", "", "version", ("statement", "diagnosis")),
        LineKind("goal", Goal, "problem", "problem", "problem__version", ("own_words",)),
        LineKind(
            "objective",
            Objective,
            "goal",
            "goal",
            "goal__problem__version",
            ("text", "measure_code", "target", "target_date"),
        ),
        LineKind(
            "intervention",
            Intervention,
            "objective",
            "objective",
            "objective__goal__problem__version",
            ("session_type", "per_week", "note"),
        ),
        LineKind(
            "prescription",
            PrescriptionLine,
            "version",
            "",
            "version",
            ("session_type", "per_week", "minutes"),
        ),
    )
}


@dataclass(frozen=True)
class LineOnScreen:
    """A line as a form shows it. `seen` is given back with the change."""

    kind: str
    words: dict[str, Any]
    seen: str


def words_of(shape: LineKind, row: Any) -> dict[str, Any]:
    """What a line says, column by column."""
    words = {name: getattr(row, name) for name in shape.columns}
    if "diagnosis" in words:
        words["diagnosis"] = row.diagnosis.code if row.diagnosis else ""
    return words


def token_of(words: Words) -> str:
    """A short digest of a line's words: what a form gives back as `seen`."""
    plain = {
        name: f"{value:f}" if isinstance(value, Decimal) else str(value) for name, value in words.items()
    }
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def say_line(kind: str, words: Words) -> str:
    """A line in words, for someone who must compare it with their own."""
    if kind == "objective":
        until = f" (by {words['target_date']})" if words["target_date"] else ""
        measure = measure_words(words["measure_code"], words["target"])
        return f"{words['text']}{until}{f' — {measure}' if measure else ''}"
    if kind in {"intervention", "prescription"}:
        title = SESSION_TYPES[words["session_type"]].title
        rest = words.get("note") or (f"{words['minutes']} minutes" if "minutes" in words else "")
        return f"{title}, {words['per_week']:g} a week{f', {rest}' if rest else ''}"
    return str(words.get("statement") or words.get("own_words"))


def _check_problem(version: PlanVersion, words: Words) -> dict[str, Any]:
    code = words.get("diagnosis") or ""
    found = version.episode.diagnoses.filter(code=code, ended_at__isnull=True).first() if code else None
    if code and found is None:
        raise Cannot("This diagnosis does not stand in the episode. Choose another.", field="diagnosis")
    return {"statement": _text(words, "statement", "Say in plain words what is hard."), "diagnosis": found}


def _check_goal(version: PlanVersion, words: Words) -> dict[str, Any]:
    return {"own_words": _text(words, "own_words", "Write what the person wants, as they say it.")}


def _check_objective(version: PlanVersion, words: Words) -> dict[str, Any]:
    code = words.get("measure_code") or ""
    if code and code not in MEASURES:
        raise Cannot("Choose a measure from the list.", field="measure_code")
    day: date | None = words.get("target_date")
    return {
        "text": _text(words, "text", "Say what will be different, and how one will know."),
        "measure_code": code,
        "target": words.get("target"),
        "target_date": day,
    }


def _check_intervention(version: PlanVersion, words: Words) -> dict[str, Any]:
    # Minutes belong to the prescription; the type's usual ones stand in for the check.
    kind = str(words.get("session_type"))
    minutes = SESSION_TYPES[kind].minutes if kind in SESSION_TYPES else 60
    require(check_dose_line(kind, per_week=words["per_week"], minutes=minutes))
    note = (words.get("note") or "").strip()
    return {"session_type": kind, "per_week": words["per_week"], "note": note}


def _check_dose(version: PlanVersion, words: Words) -> dict[str, Any]:
    kind, often, minutes = str(words.get("session_type")), words["per_week"], words["minutes"]
    require(check_dose_line(kind, per_week=often, minutes=minutes))
    return {"session_type": kind, "per_week": often, "minutes": minutes}


CHECKS: Mapping[str, Callable[[PlanVersion, Words], dict[str, Any]]] = {
    "problem": _check_problem,
    "goal": _check_goal,
    "objective": _check_objective,
    "intervention": _check_intervention,
    "prescription": _check_dose,
}


def _text(words: Words, name: str, missing: str) -> str:
    text = str(words.get(name) or "").strip()
    if not text:
        raise Cannot(missing, field=name)
    return text
