"""What the rules of a step say of everyone in care, looked at in bulk by the worker and kept when it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.levels_of_care import next_down, next_up
from throughcare.pathway.progress.step import Way, way_down, way_up
from throughcare.pathway.progress.step_facts import StepFacts, step_facts_of
from throughcare.records.among import Keys
from throughcare.records.episodes import Stay
from throughcare.records.level_watch import LevelFinding
from throughcare.records.organizations import Organization

# So many people at once: the queries stay the same, and the memory within bounds.
AT_ONCE = 500
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Ways:
    """Both ways from where a person is; `open_step` is up, down or empty, and up comes first.

    `stop` is the sentence of a STOP rule that holds now: no step waits for that.
    """

    down: Way
    up: Way
    stop: str = ""

    @property
    def open_step(self) -> str:
        """The step that the rules indicate."""
        if self.up.is_indicated:
            return UP
        return DOWN if self.down.is_indicated and self.down.level else ""

    @property
    def standing(self) -> dict[str, dict[str, str]]:
        """Where each criterion of each way stands."""
        return {
            name: {one.code: one.standing for one in way.criteria}
            for name, way in ((DOWN, self.down), (UP, self.up))
        }

    @property
    def said(self) -> dict[str, dict[str, str]]:
        """The fact behind each criterion, in words."""
        return {
            name: {one.code: one.fact for one in way.criteria}
            for name, way in ((DOWN, self.down), (UP, self.up))
        }


def watch_levels(*, at: datetime) -> str:
    """Look at everyone in care of every organization; in words how many were looked at and what changed."""
    looked = changed = 0
    for organization in Organization.objects.order_by("pk").values_list("pk", flat=True):
        stays = list(open_stays(organization))
        for first in range(0, len(stays), AT_ONCE):
            part = stays[first : first + AT_ONCE]
            changed += keep_findings(part, organization=organization, at=at)
        looked += len(stays)
    return f"{looked} looked at, {changed} changed"


def open_stays(organization: int) -> Any:
    """Every stay that runs, with its episode, site and patient in hand."""
    rows = Stay.objects.filter(
        organization_id=organization, ended_at__isnull=True, episode__ended_at__isnull=True
    )
    return rows.select_related("episode__site", "episode__patient").order_by("pk")


def ways_of(stays: Sequence[Stay], *, organization: int, at: datetime) -> dict[int, Ways]:
    """Both ways of each stay (key), from the facts of this moment. The queries don't grow with the people."""
    facts = step_facts_of([(one.episode, one) for one in stays], organization=organization, at=at)
    return {one.pk: _ways(one, facts[one.episode_id]) for one in stays}


def _ways(stay: Stay, facts: StepFacts) -> Ways:
    lower, higher = next_down(stay.level), next_up(stay.level)
    placement = facts.placement
    return Ways(
        way_down(facts, lower.code if lower else ""),
        way_up(facts, higher.code if higher else ""),
        placement.reasons[0].because if placement.stop and placement.reasons else "",
    )


@transaction.atomic
def keep_findings(stays: Sequence[Stay], *, organization: int, at: datetime) -> int:
    """Look at these stays and keep a new row for each of which something changed; how many these were."""
    kept = standing_findings([one.pk for one in stays])
    found = ways_of(stays, organization=organization, at=at)
    new = []
    for stay in stays:
        today = local_day(at, stay.episode.site.time_zone)
        row = _finding(stay, found[stay.pk], kept.get(stay.pk), today=today, at=at)
        if row is not None:
            new.append(row)
    changed = Keys(row.stay_id for row in new)
    LevelFinding.objects.filter(stay__among=changed, retired_at__isnull=True).update(retired_at=at)
    LevelFinding.objects.bulk_create(new)
    return len(new)


def standing_findings(stays: Sequence[int]) -> dict[int, LevelFinding]:
    """What stands of each stay (key)."""
    rows = LevelFinding.objects.filter(stay__among=Keys(stays), retired_at__isnull=True)
    return {row.stay_id: row for row in rows}


def _finding(
    stay: Stay, ways: Ways, before: LevelFinding | None, *, today: date, at: datetime
) -> LevelFinding | None:
    """A new row, unless everything stands as it did."""
    if before is not None and before.open_step == ways.open_step and words_of(before) == ways.standing:
        return None
    same_step = before is not None and before.open_step == ways.open_step
    return LevelFinding(
        organization_id=stay.organization_id,
        stay=stay,
        open_step=ways.open_step,
        open_since=None if not ways.open_step else before.open_since if before and same_step else today,
        standing=dated(ways.standing, before, today=today),
        said=ways.said,
        recorded_at=at,
    )


def words_of(row: LevelFinding) -> dict[str, dict[str, str]]:
    """Where each criterion stood, without since when."""
    return {
        way: {code: word for code, (word, _) in criteria.items()} for way, criteria in row.standing.items()
    }


def dated(
    standing: Mapping[str, Mapping[str, str]], before: LevelFinding | None, *, today: date
) -> dict[str, dict[str, list[str]]]:
    """Each criterion's word with the day since which it is so: the day before it changed stays when it did not."""
    earlier = before.standing if before else {}
    return {
        way: {code: _since(word, earlier.get(way, {}).get(code), today) for code, word in criteria.items()}
        for way, criteria in standing.items()
    }


def _since(word: str, before: Sequence[str] | None, today: date) -> list[str]:
    return list(before) if before and before[0] == word else [word, today.isoformat()]
