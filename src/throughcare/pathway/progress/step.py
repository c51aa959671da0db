"""Steps between levels of care: one stay ends and the next begins the same minute."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.credentials import may_confirm_placement
from throughcare.knowledge.hours import number
from throughcare.knowledge.level_changes import OUTSIDE, REASONS, check_step, direction
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.levels_of_care import next_down, next_up
from throughcare.knowledge.placement import Step, step_down, step_up
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, require
from throughcare.pathway.episode.admission import OFFERED, edition_in_force
from throughcare.pathway.episode.episodes import day_of, is_teen, open_episode, require_running, stay_of
from throughcare.pathway.group.leaving import leave_week
from throughcare.pathway.privacy import may_access
from throughcare.pathway.progress.step_facts import StepFacts, gather_step_facts
from throughcare.records.episodes import Episode, Stay
from throughcare.records.timetables import GroupMeeting, Membership


@dataclass(frozen=True)
class Weighed:
    """One criterion of a step: whether it is met, and the facts that say so."""

    code: str
    about: str
    standing: Literal["met", "unmet", "not_known"]
    fact: str


@dataclass(frozen=True)
class Way:
    """One way to step: the level it leads to on the ladder (empty at its end) and its criteria."""

    level: str
    level_title: str
    is_indicated: bool
    criteria: tuple[Weighed, ...]

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return sum(one.standing == "met" for one in self.criteria)


@dataclass(frozen=True)
class PlacedGroup:
    """A group that the person is in, with its hours a week."""

    membership: UUID
    group: UUID
    name: str
    hours: float

    @property
    def hours_words(self) -> str:
        """The hours a week as people write them."""
        return number(self.hours)


@dataclass(frozen=True)
class StepWatch:
    """Where a person is, both ways from here, what stops a step, and the groups that a step may concern."""

    episode: UUID
    patient: UUID
    level: str
    level_title: str
    since: date
    weeks: int
    is_outside: bool
    down: Way
    up: Way
    stop: str
    verdict: Verdict
    offered: tuple[tuple[str, str], ...]
    outside: tuple[tuple[str, str], ...]
    groups: tuple[PlacedGroup, ...]


def step_watch(episode: UUID, *, by: Actor, at: datetime) -> StepWatch:
    """Each criterion of a step down and of a step up, met or not, with the facts used."""
    require(may_access("measure", by=by), CannotSee)
    found = open_episode(episode, kind="episode", by=by, at=at)
    stay = _stay(found)
    facts = gather_step_facts(found, stay, at=at)
    lower, higher = next_down(stay.level), next_up(stay.level)
    return StepWatch(
        episode=found.uid,
        patient=found.patient.uid,
        level=stay.level,
        level_title=LEVELS[stay.level].title,
        since=local_day(stay.began_at, found.site.time_zone),
        weeks=max(0, (at - stay.began_at).days // 7),
        is_outside=stay.level not in OFFERED,
        down=way_down(facts, lower.code if lower else ""),
        up=way_up(facts, higher.code if higher else ""),
        stop=_stop(facts),
        verdict=first_refusal(
            may_access("episode", by=by, verb="change"), _may_decide(by), _is_running(found)
        ),
        offered=tuple((code, LEVELS[code].title) for code in OFFERED if code != stay.level),
        outside=tuple((code, LEVELS[code].title) for code in OUTSIDE if code != stay.level),
        groups=groups_of(found, at=at),
    )


@transaction.atomic
def step_to(
    episode: UUID,
    *,
    level: str,
    reason: str,
    text: str,
    next_place: str,
    by: Actor,
    at: datetime,
    comes_back: bool = False,
) -> UUID:
    """Step to another level: the stay ends and the next begins at the same moment; the new stay's public id.

    `comes_back`: the level is elsewhere and the episode stays open meanwhile; the seats here are given back.
    """
    found = open_episode(episode, kind="episode", by=by, at=at, verb="change")
    Episode.objects.select_for_update().get(pk=found.pk)
    require_running(found)
    require(_may_decide(by))
    stay = _stay(found)
    _require_words(level, reason=reason, text=text, next_place=next_place)
    stop = _stop(gather_step_facts(found, stay, at=at))
    verdict = check_step(stay.level, level, offered=OFFERED, comes_back=comes_back, stop=stop)
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, cite=verdict.cite, field="level")
    _end_stay(stay, level=level, next_place=next_place.strip(), at=at)
    if level not in OFFERED:
        leave_week(found, because=f"In other care: {LEVELS[level].title.lower()}", at=at)
    return Stay.objects.create(
        organization_id=by.organization,
        episode=found,
        level=level,
        edition=edition_in_force(by.organization, on=day_of(found, at)),
        began_at=at,
        reason=reason,
        text=text.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def _end_stay(stay: Stay, *, level: str, next_place: str, at: datetime) -> None:
    if at < stay.began_at:
        raise Cannot("A stay can't end before it began.")
    stay.ended_at = at
    stay.ended_because = direction(stay.level, level)
    stay.next_place = next_place
    stay.save(update_fields=["ended_at", "ended_because", "next_place"])


def groups_of(episode: Episode, *, at: datetime) -> tuple[PlacedGroup, ...]:
    """The groups that the person is in from this day on, with what each comes to a week."""
    today = day_of(episode, at)
    stints = list(
        Membership.objects.select_related("group")
        .filter(episode=episode)
        .exclude(until_date__lte=today)
        .order_by("group__name", "pk")
    )
    meetings = GroupMeeting.objects.filter(group__in=[one.group_id for one in stints]).exclude(
        until_date__lt=today
    )
    minutes: dict[int, int] = {}
    for meeting in meetings:
        minutes[meeting.group_id] = minutes.get(meeting.group_id, 0) + meeting.minutes - meeting.break_minutes
    return tuple(
        PlacedGroup(one.uid, one.group.uid, one.group.name, minutes.get(one.group_id, 0) / 60)
        for one in stints
    )


def hours_misfit(episode: UUID, *, by: Actor, at: datetime) -> str:
    """What is wrong with the groups a person is in at the level they are at now; empty when the hours fit."""
    found = open_episode(episode, kind="schedule", by=by, at=at)
    level = LEVELS[_stay(found).level]
    band = level.hours_teen if is_teen(found, on=day_of(found, at)) else level.hours_adult
    groups = groups_of(found, at=at)
    placed = sum(one.hours for one in groups)
    if band is None or not groups:
        return ""
    names = ", ".join(one.name for one in groups)
    said = f"{names} come to {number(placed)} hours a week"
    if placed < band.least:
        return f"{said}; {level.title.lower()} asks for at least {band.least:g}. Place the person in more."
    if band.most is not None and placed >= band.most and band.least < band.most:
        return f"{said}; {level.title.lower()} is fewer than {band.most:g}. Change these groups."
    return ""


def way_down(facts: StepFacts, level: str) -> Way:
    """The step down by these facts, to this level of the ladder."""
    return _way(step_down(facts.down, own=facts.own), level, facts.said)


def way_up(facts: StepFacts, level: str) -> Way:
    """The step up by these facts, to this level of the ladder."""
    said = {**facts.said, "tests": facts.said["positives"]}
    return _way(step_up(facts.up, own=facts.own), level, said)


def _way(step: Step, level: str, said: Mapping[str, str]) -> Way:
    sorted_out = (("met", step.met), ("unmet", step.missing), ("not_known", step.unknown))
    standing = {one.code: (word, one.about) for word, many in sorted_out for one in many}
    criteria = tuple(
        Weighed(code, about, word, said.get(code, ""))  # type: ignore[arg-type]  # the words above
        for code, (word, about) in standing.items()
    )
    return Way(level, LEVELS[level].title if level else "", step.is_indicated, criteria)


def _stop(facts: StepFacts) -> str:
    if not facts.placement.stop:
        return ""
    return facts.placement.reasons[0].because if facts.placement.reasons else "A STOP rule holds."


def _stay(episode: Episode) -> Stay:
    stay = stay_of(episode)
    if stay is None:
        raise Absent("stay")
    return stay


def _may_decide(by: Actor) -> Verdict:
    return Allowed() if by.holds("program") else may_confirm_placement(by.credential)


def _is_running(episode: Episode) -> Verdict:
    if episode.ended_at is None:
        return Allowed()
    return Refused("This episode of care has ended. A new admission starts a new one.")


def _require_words(level: str, *, reason: str, text: str, next_place: str) -> None:
    if reason not in REASONS:
        raise Cannot("Choose the reason for the step.", field="reason")
    if not text.strip():
        raise Cannot("Say in a sentence why this level is right now.", field="text")
    if not next_place.strip():
        raise Cannot(
            "Name the next place: which program or clinic, and who expects the person.", field="next_place"
        )
    if level not in LEVELS:
        raise Cannot("Choose the level to step to.", field="level")
