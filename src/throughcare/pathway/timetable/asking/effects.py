"""What a change would do: as a run keeps it, and with names as a page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.timetable.plans.opened import names_of
from throughcare.pathway.timetable.runs.run import find_run, last_turn
from throughcare.timetable.what_if import Effect


@dataclass(frozen=True)
class Found:
    """What one change would do; `gain` and `lose` are people with hours, `hours_…` the prescribed ones not met."""

    words: str
    gain: tuple[tuple[str, str, float], ...]
    lose: tuple[tuple[str, str, float], ...]
    below_before: int
    below_after: int
    hours_before: float
    hours_after: float
    moved: int


def effects_to_json(effects: Iterable[Effect]) -> list[dict[str, Any]]:
    """What the engine found, as a run keeps it."""
    return [
        {
            "words": one.because,
            "gain": dict(one.gain),
            "lose": dict(one.lose),
            "below_before": len(one.below_before),
            "below_after": len(one.below_after),
            "hours_before": one.hours_before,
            "hours_after": one.hours_after,
            "moved": len(one.moved),
        }
        for one in effects
    ]


def effects_of(run: UUID, *, by: Actor, at: datetime) -> tuple[Found, ...]:
    """What a run found, with the names of who gains and who loses."""
    turn = last_turn(find_run(run, by=by))
    said = (turn.answer if turn else None) or []
    people = {who for one in said for side in ("gain", "lose") for who in one[side]}
    names = names_of(people, by=by, at=at) if people else {}

    def side(held: Mapping[str, float]) -> tuple[tuple[str, str, float], ...]:
        rows = ((who, names[who], round(hours, 2)) for who, hours in held.items() if who in names)
        return tuple(sorted(rows, key=lambda row: (-row[2], row[1])))

    return tuple(
        Found(
            one["words"],
            side(one["gain"]),
            side(one["lose"]),
            one["below_before"],
            one["below_after"],
            one["hours_before"],
            one["hours_after"],
            one["moved"],
        )
        for one in said
    )
