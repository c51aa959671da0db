"""A seat held at the next level before this one ends: in a group here, or elsewhere; it ends by itself on its day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.level_changes import OUTSIDE
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.admission import OFFERED
from throughcare.pathway.episode.episodes import day_of, open_episode, require_running, stay_of
from throughcare.pathway.group.group import lock_group
from throughcare.pathway.line.group_line import fill_lines
from throughcare.pathway.program_settings import number
from throughcare.pathway.seat.held_places import TAKEN
from throughcare.pathway.seat.placing import weigh_places
from throughcare.records.among import Keys
from throughcare.records.episodes import Episode, Stay
from throughcare.records.level_watch import LevelHold
from throughcare.records.timetables import Group

GIVEN_BACK, LAPSED = "given_back", "lapsed"
SAID_FOR = timedelta(days=7)


@dataclass(frozen=True)
class HoldView:
    """A seat held at a level; `ended` says in words how it ended, empty while it holds."""

    uid: UUID
    level_title: str
    where: str
    until: date
    by: str
    ended: str
    in_group: bool


@transaction.atomic
def hold_level_seat(
    episode: UUID,
    *,
    level: str,
    until_date: date,
    by: Actor,
    at: datetime,
    group: UUID | None = None,
    place: str = "",
) -> UUID:
    """Hold a seat at another level for a person in care, until a day: a place in a group, or a place elsewhere.

    Raises `Cannot` when the group is full, the day too far, or a seat is held for them already.
    """
    found = open_episode(episode, kind="placement", by=by, at=at, verb="change")
    require_running(found)
    list(Episode.objects.select_for_update().filter(pk=found.pk).values_list("pk"))
    _require_sense(found, level, until_date, by=by, at=at)
    if LevelHold.objects.filter(episode=found, ended_at__isnull=True).exists():
        raise Cannot("A seat is held for this person already. Give it back first.")
    held_in = None
    if group is not None:
        held_in = lock_group(group, by=by)
        full = weigh_places([held_in], found, from_date=day_of(found, at), by=by, at=at)[held_in.pk].full
        if full:
            raise Cannot(" ".join(one.because for one in full), field="group")
    elif not place.strip():
        raise Cannot("Choose a group here, or say where the seat is and who promised it.", field="place")
    return LevelHold.objects.create(
        organization_id=by.organization,
        episode=found,
        level=level,
        group=held_in,
        place="" if held_in else place.strip(),
        until_date=until_date,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def _require_sense(episode: Episode, level: str, until_date: date, *, by: Actor, at: datetime) -> None:
    stay = stay_of(episode)
    if level not in (*OFFERED, *OUTSIDE):
        raise Cannot("Choose the level at which a seat is to be held.", field="level")
    if stay is not None and stay.level == level:
        raise Cannot(f"The person is at this level already: {LEVELS[level].title.lower()}.", field="level")
    today = day_of(episode, at)
    longest = number("level_hold.longest_days", organization=by.organization, on=today)
    if until_date < today:
        raise Cannot("Choose today or a later day.", field="until_date")
    if until_date > today + timedelta(days=longest):
        raise Cannot(
            f"A seat is held for {longest} days at most; others wait for it. Choose an earlier day.",
            field="until_date",
        )


@transaction.atomic
def give_back_hold(hold: UUID, *, by: Actor, at: datetime) -> None:
    """Give a held seat back before its day; whoever waits in the group's line is next."""
    row = (
        LevelHold.objects.select_related("episode").filter(organization_id=by.organization, uid=hold).first()
    )
    if row is None:
        raise Absent("hold")
    open_episode(row.episode.uid, kind="placement", by=by, at=at, verb="change")
    ended = LevelHold.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=at, how=GIVEN_BACK)
    if not ended:
        raise Cannot("This seat is held no longer.")
    if row.group_id:
        fill_lines([row.group_id], at=at)


def end_holds(*, at: datetime) -> str:
    """End every hold that has come to its end: its day is over, the person came, or they left; how many."""
    rows = LevelHold.objects.filter(ended_at__isnull=True).select_related("episode__site")
    ended: dict[str, list[LevelHold]] = {TAKEN: [], GIVEN_BACK: [], LAPSED: []}
    holds = list(rows.order_by("pk"))
    began = _began(holds)
    for row in holds:
        how = _how_it_ended(row, began, at=at)
        if how:
            ended[how].append(row)
    for how, those in ended.items():
        for row in those:
            _end(row, how, at=at)
    return f"{sum(map(len, ended.values()))} holds ended"


@transaction.atomic
def _end(row: LevelHold, how: str, *, at: datetime) -> None:
    changed = LevelHold.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=at, how=how)
    if changed and row.group_id and how != TAKEN:
        fill_lines([row.group_id], at=at)


def _began(holds: list[LevelHold]) -> dict[tuple[int, str], datetime]:
    """When each of these people came to a level last."""
    stays = Stay.objects.filter(episode__among=Keys(row.episode_id for row in holds)).order_by("began_at")
    return {(one.episode_id, one.level): one.began_at for one in stays}


def _how_it_ended(row: LevelHold, began: dict[tuple[int, str], datetime], *, at: datetime) -> str:
    came = began.get((row.episode_id, row.level))
    if row.group_id is None and came is not None and came >= row.recorded_at:
        return TAKEN
    if row.episode.ended_at is not None:
        return GIVEN_BACK
    return LAPSED if row.until_date < local_day(at, row.episode.site.time_zone) else ""


def holds_of(episodes: list[int], *, at: datetime) -> dict[int, HoldView]:
    """The hold of each person (episode's key), also one that ended in the last week: that is said too."""
    rows = (
        LevelHold.objects.filter(episode__among=Keys(episodes))
        .exclude(ended_at__lt=at - SAID_FOR)
        .select_related("group", "recorded_by", "episode__site")
        .order_by("recorded_at", "pk")
    )
    return {row.episode_id: _view(row, at=at) for row in rows if row.how != TAKEN}


def _view(row: LevelHold, *, at: datetime) -> HoldView:
    return HoldView(
        uid=row.uid,
        level_title=LEVELS[row.level].title,
        where=row.group.name if row.group else row.place,
        until=row.until_date,
        by=row.recorded_by.name if row.recorded_by else "Throughcare",
        ended=_say_end(row, at=at),
        in_group=row.group_id is not None,
    )


def _say_end(row: LevelHold, *, at: datetime) -> str:
    day = f"{row.until_date:%b} {row.until_date.day}"
    if row.how == GIVEN_BACK:
        return "Given back."
    if row.how == LAPSED or row.until_date < local_day(at, row.episode.site.time_zone):
        return f"Ended by itself after {day}: the person had not come."
    return ""


def groups_to_hold(episode: UUID, *, by: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The open groups of the person's site, to choose one from: public id and name."""
    found = open_episode(episode, kind="placement", by=by, at=at)
    today = day_of(found, at)
    rows = Group.objects.filter(organization_id=by.organization, site=found.site_id, opened_date__lte=today)
    rows = rows.exclude(ended_date__lt=today).order_by("name", "pk")
    return tuple((str(uid), name) for uid, name in rows.values_list("uid", "name"))
