"""One line of a draft at a time: added, changed, taken off. Two people on the same line lose nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile
from throughcare.pathway.care_plan.care_plan import open_draft
from throughcare.pathway.care_plan.plan_line_kinds import (
    CHECKS,
    KINDS,
    LineKind,
    LineOnScreen,
    Words,
    say_line,
    token_of,
    words_of,
)
from throughcare.pathway.care_plan.plan_writing import said_by
from throughcare.records.care_plans import Goal, Intervention, Objective, PlanVersion


def read_line(version: UUID, kind: str, line: UUID, *, by: Actor, at: datetime) -> LineOnScreen:
    """One line of a draft, to be changed."""
    row = open_draft(version, by=by, at=at, lock=False)
    found = _line(row, _kind(kind), line)
    words = words_of(_kind(kind), found)
    return LineOnScreen(kind, words, token_of(words))


@transaction.atomic
def add_line(
    version: UUID, kind: str, words: Words, *, by: Actor, at: datetime, under: UUID | None = None
) -> UUID:
    """Add a problem, goal, objective, intervention or prescription line to a draft, after those that stand there."""
    row = open_draft(version, by=by, at=at)
    shape = _kind(kind)
    parent: Model = row if not shape.parent_kind else _line(row, KINDS[shape.parent_kind], under)
    columns = {**_checked(row, shape, words), shape.parent: parent, **said_by(by, at=at)}
    if kind != "prescription":
        siblings = shape.record._default_manager.filter(**{shape.parent: parent})
        columns["order"] = (siblings.order_by("-order").values_list("order", flat=True).first() or 0) + 1
    try:
        with transaction.atomic():
            made: Any = shape.record._default_manager.create(**columns)
    except IntegrityError as double:
        raise Cannot(
            "This kind of session is prescribed already. Change its line.", field="session_type"
        ) from double
    uid: UUID = made.uid
    return uid


@transaction.atomic
def change_line(
    version: UUID, kind: str, line: UUID, words: Words, *, seen: str, by: Actor, at: datetime
) -> None:
    """Change a line of a draft. Raises `ChangedMeanwhile` with what stands there when it is not what was `seen`."""
    row = open_draft(version, by=by, at=at)
    shape = _kind(kind)
    found: Any = _line(row, shape, line)
    _require_seen(shape, found, seen=seen)
    columns = {**_checked(row, shape, words), **said_by(by, at=at)}
    for name, value in columns.items():
        setattr(found, name, value)
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError as double:
        raise Cannot(
            "This kind of session is prescribed already. Change its line.", field="session_type"
        ) from double


@transaction.atomic
def remove_line(version: UUID, kind: str, line: UUID, *, by: Actor, at: datetime) -> None:
    """Take a line, and what hangs under it, off a draft."""
    row = open_draft(version, by=by, at=at)
    found = _line(row, _kind(kind), line)
    below: dict[str, tuple[str, ...]] = {
        "problem": ("objective__goal__problem", "goal__problem", "problem"),
        "goal": ("objective__goal", "goal"),
        "objective": ("objective",),
    }
    records = (Intervention, Objective, Goal)
    for record, way in zip(records, below.get(kind, ()), strict=False):
        record._default_manager.filter(**{way: found}).delete()
    found.delete()


def _kind(kind: str) -> LineKind:
    if kind not in KINDS:
        raise Absent("kind of line")
    return KINDS[kind]


def _line(version: PlanVersion, shape: LineKind, line: UUID | None) -> Any:
    found = shape.record._default_manager.filter(uid=line, **{shape.to_version: version}).first()
    if found is None:
        raise Absent("line of the plan")
    return found


def _require_seen(shape: LineKind, row: Any, *, seen: str) -> None:
    words = words_of(shape, row)
    if seen != token_of(words):
        raise changed_meanwhile(
            say_line(shape.code, words), row.recorded_by.name if row.recorded_by else "Someone"
        )


def changed_meanwhile(theirs: str, who: str) -> ChangedMeanwhile:
    """Says that the line is not what the form showed."""
    return ChangedMeanwhile(
        f"{who} changed this line while you wrote. Nothing is lost: their words are shown beside yours. "
        "Bring them together and save again.",
        theirs=theirs,
        version=0,
        changed_by=who,
    )


def _checked(version: PlanVersion, shape: LineKind, words: Words) -> dict[str, Any]:
    return CHECKS[shape.code](version, words)
