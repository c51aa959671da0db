"""Asking for a week to be solved, stopping it, and starting it again. The solving itself is the worker's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.timetable.picture.meaning import Meaning, write_meaning
from throughcare.pathway.timetable.planners import open_site, require_planner
from throughcare.pathway.timetable.runs.problem_at_rest import problem_to_json
from throughcare.records.timetable_runs import RunTurn, TimetableRun
from throughcare.timetable.problem import Problem

SECONDS = (10, 30, 60, 180, 600)
KINDS = {
    "solve": "A whole week",
    "repair": "A repair",
    "what_if": "What if",
    "best_changes": "Best changes",
    "place": "A place for one person",
}


@dataclass(frozen=True)
class NewRun:
    """What is asked of a run. `asked` holds ids and numbers of what it is about, `title` the words for people."""

    kind: str
    monday: date
    title: str
    problem: Problem
    meaning: Meaning = field(default_factory=Meaning)
    seconds: int = 60
    seed: int = 0
    asked: Mapping[str, Any] | None = None


def ask_for_run(site: UUID, new: NewRun, *, by: Actor, at: datetime) -> UUID:
    """Queue a run for the worker; its public id. Raises `Cannot` for an unknown kind or limit."""
    place = open_site(site, by=by)
    if new.kind not in KINDS:
        raise Cannot(f"Choose one of: {', '.join(KINDS)}.", field="kind")
    if not 1 <= new.seconds <= max(SECONDS):
        raise Cannot(f"Choose 1 to {max(SECONDS)} seconds.", field="seconds")
    if new.monday.weekday():
        raise Cannot("A week begins on a Monday.", field="monday")
    if not new.problem.people:
        raise Cannot("Nobody in care at this site has a week to plan.", field="monday")
    return TimetableRun.objects.create(
        organization_id=by.organization,
        site=place,
        monday=new.monday,
        kind=new.kind,
        title=new.title,
        asked=dict(new.asked) if new.asked is not None else None,
        problem=problem_to_json(new.problem),
        meaning=write_meaning(new.meaning),
        people=len(new.problem.people),
        hours=sum(person.hours for person in new.problem.people.values()),
        seconds=new.seconds,
        seed=new.seed,
        due_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def stop_run(run: UUID, *, by: Actor, at: datetime) -> None:
    """Stop a run: one at work keeps its best week so far, one that waits is not begun."""
    row = find_run(run, by=by, lock=True)
    turn = last_turn(row)
    if row.due_at is None and (turn is None or turn.ended_at is not None):
        raise Cannot("This run has ended already.")
    if row.stop_asked_at is None:
        TimetableRun.objects.filter(pk=row.pk).update(stop_asked_at=at, due_at=None)


@transaction.atomic
def start_again(run: UUID, *, by: Actor, at: datetime) -> None:
    """Queue a run again that was stopped, interrupted or failed; it begins from its best week so far."""
    row = find_run(run, by=by, lock=True)
    turn = last_turn(row)
    if row.due_at is not None or (turn is not None and turn.ended_at is None):
        raise Cannot("This run is waiting or at work already.")
    if turn is not None and turn.how == "finished":
        raise Cannot("This run has finished. Start a new one to go on.")
    TimetableRun.objects.filter(pk=row.pk).update(stop_asked_at=None, due_at=at)


def find_run(run: UUID, *, by: Actor, lock: bool = False) -> TimetableRun:
    """A run of a site within reach. Raises `Absent`."""
    require_planner(by)
    rows = TimetableRun.objects.filter(organization_id=by.organization, uid=run)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = at_sites(rows, "schedule", by=by, verb="change").select_related("site", "recorded_by").first()
    if found is None:
        raise Absent("run")
    return found


def last_turn(run: TimetableRun) -> RunTurn | None:
    """The newest turn at a run."""
    return RunTurn.objects.filter(run=run).order_by("-number").first()
