"""A week that was offered, as a form carries it; and taken: all of it, or none where the world has changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.episode.episodes import open_last_episode
from throughcare.pathway.group.joining import join_groups
from throughcare.pathway.group.stints import end_stint
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.schedule import MOST_WEEKS, book_series
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Session
from throughcare.records.timetables import Membership

DAY = timedelta(days=1)
# How many weeks of one-to-ones are booked where the plan doesn't say how long it is meant to be.
WEEKS = 4
NONSENSE = "This week can’t be read. Open the page again and choose one of its weeks."


@dataclass(frozen=True)
class OneChoice:
    """A one-to-one of an offered week; `starts_at` is the site's wall-clock time."""

    kind: str
    practitioner: UUID
    starts_at: datetime
    minutes: int
    # It is held every so many weeks.
    every: int = 1


@dataclass(frozen=True)
class WeekChoice:
    """The groups of an offered week, and its one-to-ones that are not in the book yet."""

    groups: tuple[UUID, ...]
    ones: tuple[OneChoice, ...]


def write_choice(choice: WeekChoice) -> str:
    """The week as a hidden field carries it."""
    ones = [
        f"{one.kind}~{one.practitioner}~{one.starts_at:%Y-%m-%dT%H:%M}~{one.minutes}~{one.every}"
        for one in choice.ones
    ]
    return f"{' '.join(map(str, choice.groups))}|{' '.join(ones)}"


def read_choice(text: str) -> WeekChoice:
    """The week from a hidden field. Raises `Cannot` for anything else."""
    groups, _, ones = text.partition("|")
    if not groups.strip() and not ones.strip():
        raise Cannot(NONSENSE)
    try:
        return WeekChoice(
            tuple(UUID(one) for one in groups.split()), tuple(_read_one(one) for one in ones.split())
        )
    except (ValueError, KeyError) as error:
        raise Cannot(NONSENSE) from error


def _read_one(text: str) -> OneChoice:
    kind, who, starts_at, minutes, every = text.split("~")
    if session_type(kind).capacity_setting is not None:
        raise ValueError(kind)
    return OneChoice(kind, UUID(who), datetime.fromisoformat(starts_at), int(minutes), int(every))


def take_week(patient: UUID, choice: str, *, monday: date, by: Actor, at: datetime) -> None:
    """Make an offered week theirs from a Monday on: groups joined and left, one-to-ones booked, all or nothing.

    Raises `Cannot` with what stands against it now.
    """
    wanted = read_choice(choice)
    episode = open_last_episode(patient, kind="schedule", by=by, at=at, verb="change")
    if episode is None or episode.ended_at is not None:
        raise Cannot("Admit them first; then this week is theirs with one button.")
    from_date = max(monday, local_day(at, episode.site.time_zone))
    with transaction.atomic():
        stints = Membership.objects.select_related("group").filter(
            episode=episode, until_date__isnull=True, group__site=episode.site_id
        )
        held = {one.group.uid: one for one in stints if _is_planned(one)}
        for uid, stint in held.items():
            if uid not in wanted.groups:
                end_stint(stint, until_date=from_date - DAY, at=at, because="Another week was agreed")
        new = [group for group in wanted.groups if group not in held]
        if new:
            join_groups(new, episode.uid, from_date=from_date, by=by, at=at, despite_warnings=True)
        for one in wanted.ones:
            _book(one, episode, by=by, at=at)


def _is_planned(stint: Membership) -> bool:
    return session_type(stint.group.session_type).counts_as_clinical_hours


def _book(one: OneChoice, episode: Episode, *, by: Actor, at: datetime) -> None:
    plan = versions_in_force([episode.pk], at=at).get(episode.pk)
    weeks = (plan.expected_weeks if plan else None) or WEEKS
    new = NewSession(
        kind=one.kind,
        site=episode.site.uid,
        practitioner=one.practitioner,
        patients=(episode.patient.uid,),
        starts_at=one.starts_at,
        minutes=one.minutes,
        room=_usual_room(one, episode),
    )
    book_series(new, weeks=min(weeks, MOST_WEEKS), every=one.every, by=by, at=at)


def _usual_room(one: OneChoice, episode: Episode) -> UUID | None:
    """The room in which this member of staff last saw someone alone at the site."""
    last = (
        Session.objects.filter(
            staff__practitioner__uid=one.practitioner,
            site=episode.site_id,
            group__isnull=True,
            room__isnull=False,
            room__closed_at__isnull=True,
        )
        .select_related("room")
        .order_by("-starts_at")
        .first()
    )
    return last.room.uid if last and last.room else None
