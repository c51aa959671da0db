"""The level-of-care watch: a line for everyone in care, open steps first, from the facts of this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.level_watch.findings import (
    DOWN,
    UP,
    Ways,
    dated,
    open_stays,
    standing_findings,
    ways_of,
)
from throughcare.pathway.level_watch.holds import HoldView, holds_of
from throughcare.pathway.privacy import at_sites, may_access
from throughcare.pathway.privacy.guards import hidden_from, open_roster
from throughcare.pathway.progress.step import Weighed
from throughcare.records.episodes import Stay
from throughcare.records.level_watch import LevelFinding

PAGE_SIZE = 25
# What a step is weighed from: whoever reads the watch may read all of these.
SHOWN = ("measure", "attendance", "care_plan", "placement")
ORDER = {UP: 0, DOWN: 1, "": 2}


@dataclass(frozen=True)
class Standing:
    """One criterion: where it stands, since when, and the fact behind it."""

    criterion: Weighed
    since: date


@dataclass(frozen=True)
class LevelLine:
    """One person: the level, the step that is open and since when, what is met and what is missing of both ways.

    `stop` is the sentence of a STOP rule that holds. `missing_down` are unmet or not known: what stands between the
    person and the next level down.
    """

    patient: UUID
    episode: UUID
    name: str
    level: str
    weeks: int
    open_step: str
    open_title: str
    open_since: date | None
    stop: str
    met_down: tuple[Standing, ...]
    missing_down: tuple[Standing, ...]
    met_up: tuple[Standing, ...]
    down_title: str
    hold: HoldView | None


@dataclass(frozen=True)
class LevelWatch:
    """One page of the watch, and how many steps up and down are open by the last look of the worker."""

    lines: tuple[LevelLine, ...]
    total: int
    ups: int
    downs: int
    page: int
    pages: int
    may_hold: bool


def level_watch(*, by: Actor, at: datetime, only: str = "", page: int = 1) -> LevelWatch:
    """Everyone in care, whose step is open first; `only` up or down. The queries don't grow with the people."""
    for kind in SHOWN:
        require(may_access(kind, by=by), CannotSee)
    stays = list(at_sites(open_stays(by.organization), "measure", by=by, column="episode__site"))
    hidden = hidden_from([one.episode.patient_id for one in stays], by=by, at=at)
    stays = [one for one in stays if one.episode.patient_id not in hidden]
    kept = standing_findings([one.pk for one in stays])
    ups, downs = (_count(kept, word) for word in (UP, DOWN))
    if only:
        stays = [one for one in stays if one.pk in kept and kept[one.pk].open_step == only]
    stays.sort(key=lambda one: _order(one, kept.get(one.pk)))
    pages = max(1, -(-len(stays) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = stays[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    open_roster("measure", [one.episode.patient_id for one in shown], by=by, at=at)
    found = ways_of(shown, organization=by.organization, at=at)
    holds = holds_of([one.episode_id for one in shown], at=at)
    return LevelWatch(
        lines=tuple(
            _line(one, found[one.pk], kept.get(one.pk), holds.get(one.episode_id), at=at) for one in shown
        ),
        total=len(stays),
        ups=ups,
        downs=downs,
        page=page,
        pages=pages,
        may_hold=bool(may_access("placement", by=by, verb="change")),
    )


def _count(kept: Mapping[int, LevelFinding], word: str) -> int:
    return sum(row.open_step == word for row in kept.values())


def _order(stay: Stay, row: LevelFinding | None) -> tuple[Any, ...]:
    step = row.open_step if row else ""
    missing = sum(word != "met" for word, _ in row.standing.get(DOWN, {}).values()) if row else 99
    since = row.open_since if row and row.open_since else date.max
    return ORDER[step], since if step else date.max, missing, stay.episode.patient.called.casefold(), stay.pk


def _line(
    stay: Stay, ways: Ways, row: LevelFinding | None, hold: HoldView | None, *, at: datetime
) -> LevelLine:
    today = local_day(at, stay.episode.site.time_zone)
    since = dated(ways.standing, row, today=today)
    down, up = (_standings(way.criteria, since[name]) for name, way in ((DOWN, ways.down), (UP, ways.up)))
    step = ways.open_step
    opened = row.open_since if row and row.open_step == step else today
    return LevelLine(
        patient=stay.episode.patient.uid,
        episode=stay.episode.uid,
        name=stay.episode.patient.called,
        level=LEVELS[stay.level].title,
        weeks=max(0, (at - stay.began_at).days // 7),
        open_step=step,
        open_title=(ways.up.level_title if step == UP else ways.down.level_title) if step else "",
        open_since=opened if step else None,
        stop=ways.stop,
        met_down=tuple(one for one in down if one.criterion.standing == "met"),
        missing_down=tuple(one for one in down if one.criterion.standing != "met"),
        met_up=tuple(one for one in up if one.criterion.standing == "met"),
        down_title=ways.down.level_title,
        hold=hold,
    )


def _standings(criteria: Sequence[Weighed], since: Mapping[str, Sequence[str]]) -> tuple[Standing, ...]:
    return tuple(Standing(one, date.fromisoformat(since[one.code][1])) for one in criteria)
