"""Asking for a site's week: its picture is drawn, and what contradicts itself in it is told before any solving."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.timetable.picture.meaning import meaning_of
from throughcare.pathway.timetable.picture.week import Picture, picture_of
from throughcare.pathway.timetable.planners import open_site
from throughcare.pathway.timetable.plans.opened import in_names
from throughcare.pathway.timetable.runs.run import NewRun, ask_for_run
from throughcare.timetable.contradictions import find_contradictions


@dataclass(frozen=True)
class Contradiction:
    """Something that can't be true together, in a sentence; `patient` is whose life or prescription it is about."""

    because: str
    patient: UUID | None = None


class Contradicts(Cannot):
    """A week that contradicts itself is not solved."""

    def __init__(self, contradictions: Sequence[Contradiction]) -> None:
        super().__init__("This week contradicts itself. Mend what stands above, then ask again.")
        self.contradictions = tuple(contradictions)


def ask_for_week(site: UUID, *, monday: date, seconds: int, seed: int = 0, by: Actor, at: datetime) -> UUID:
    """Queue a site's week for solving; the run's public id. Raises `Contradicts`, or `Cannot`."""
    open_site(site, by=by)
    picture = picture_of(site, monday=monday, by=by, at=at)
    require_sound(picture)
    new = NewRun(
        kind="solve",
        monday=monday,
        title="The whole week",
        problem=picture.problem,
        meaning=meaning_of(picture, organization=by.organization),
        seconds=seconds,
        seed=seed,
    )
    return ask_for_run(site, new, by=by, at=at)


def require_sound(picture: Picture) -> None:
    """Raise `Contradicts` with everything in a picture that can't be true together."""
    found = [
        Contradiction(in_names(one.because, picture.names), _about(one.where, picture))
        for one in find_contradictions(picture.problem)
    ]
    if found:
        raise Contradicts(found)


def _about(where: str, picture: Picture) -> UUID | None:
    """The patient whom a path into the problem leads to; None where it is about the clinic."""
    at = re.match(r"patients\[(\d+)\]", where)
    people = list(picture.problem.people)
    return picture.people[people[int(at[1])]] if at and int(at[1]) < len(people) else None
