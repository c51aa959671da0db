"""The curricula of a group: which it follows, from which day on, and what its next sessions are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.curricula.curriculum import Curriculum
from throughcare.knowledge.curricula.following import Following, next_topic
from throughcare.knowledge.curricula.library import ALL
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.group.group import find_group, lock_group, require_timetabler
from throughcare.pathway.lesson.lessons import Curricula, Lesson, lessons_of
from throughcare.pathway.privacy import at_sites
from throughcare.records.curricula import GroupCurriculum
from throughcare.records.sessions import Session
from throughcare.records.timetables import Group
from throughcare.records.week_rules import GroupClosing

AHEAD = timedelta(weeks=4)
MOST_SHOWN = 6


@dataclass(frozen=True)
class Followed:
    """What a group follows from a day on; no curricula: it follows none."""

    since: date
    curricula: tuple[Curriculum, ...]
    in_rounds: bool


@dataclass(frozen=True)
class ComingLesson:
    """A session to come and its topic; not `chosen`: proposed."""

    session: UUID
    starts_at: datetime
    title: str
    chosen: bool


@dataclass(frozen=True)
class GroupLessons:
    """A group's curricula now and later, its next topics, and how it would follow others by default."""

    followed: tuple[Followed, ...]
    coming: tuple[ComingLesson, ...]
    had: int
    topics: int
    in_rounds: bool
    fitting: tuple[Curriculum, ...]


@transaction.atomic
def follow_curricula(
    group: UUID,
    curricula: Sequence[str],
    *,
    in_rounds: bool,
    from_date: date,
    by: Actor,
    at: datetime,
    from_the_start: bool = False,
) -> None:
    """Let a group follow these curricula (codes, in order; none ends it) from a day on.

    It goes on where it stands if its next topic is among them, unless it begins `from_the_start`.
    """
    require_timetabler(by)
    found = lock_group(group, by=by)
    codes = list(dict.fromkeys(code for code in curricula if code))
    if not set(codes) <= set(ALL):
        raise Cannot("Choose curricula from the list.", field="first")
    if from_date < local_day(at, found.site.time_zone) and not by.holds("program"):
        raise Cannot("Choose today or a later day: what was held stays as it is.", field="from_date")
    first = "" if from_the_start else _where_it_stands(found, codes, from_date, at=at)
    GroupCurriculum.objects.create(
        organization_id=by.organization,
        group=found,
        codes=codes,
        in_rounds=in_rounds,
        first_topic=first,
        from_date=from_date,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _where_it_stands(group: Group, codes: Sequence[str], from_date: date, *, at: datetime) -> str:
    """The topic that would have come next on that day, if the new curricula have it."""
    curricula = Curricula([group.pk])
    if curricula.on(group.pk, from_date) is None:
        return ""
    since, following = curricula.from_now(group.pk, from_date)[0]
    lessons = lessons_of([group.pk], until=at + AHEAD).get(group.pk, ())
    coming = next_topic(following, [one.code for one in lessons if since <= one.day < from_date])
    known = {topic.code for topic in Following(tuple(codes), in_rounds=False).topics}
    return coming.code if coming and coming.code in known else ""


def group_lessons(group: UUID, *, by: Actor, at: datetime) -> GroupLessons:
    """What a group follows and what its next sessions are about; nobody in it is named."""
    found = find_group(group, by=by)
    today = local_day(at, found.site.time_zone)
    curricula = Curricula([found.pk])
    lessons = lessons_of([found.pk], until=at + AHEAD).get(found.pk, ())
    now = curricula.on(found.pk, today)
    followed = tuple(_followed(since, one) for since, one in curricula.from_now(found.pk, today))
    topics = {topic.code for topic in now[1].topics} if now else set()
    held = {one.code for one in lessons if one.starts_at <= at and one.day >= followed[0].since}
    closed = GroupClosing.objects.filter(group=found, ended_at__isnull=True).exists()
    return GroupLessons(
        followed=followed,
        coming=_coming([one for one in lessons if one.starts_at > at][:MOST_SHOWN]),
        had=len(held & topics),
        topics=len(topics),
        in_rounds=now[1].in_rounds if now else not closed,
        fitting=tuple(one for one in ALL.values() if one.session_type == found.session_type),
    )


def _followed(since: date, following: Following) -> Followed:
    return Followed(
        since, tuple(ALL[code] for code in following.curricula if code in ALL), following.in_rounds
    )


def _coming(lessons: Sequence[Lesson]) -> tuple[ComingLesson, ...]:
    uids = dict(Session.objects.filter(pk__in=[one.session for one in lessons]).values_list("pk", "uid"))
    return tuple(ComingLesson(uids[one.session], one.starts_at, one.title, one.written) for one in lessons)


def followers(curriculum: str, *, by: Actor, at: datetime) -> tuple[tuple[UUID, str], ...]:
    """The groups, by name, that follow this curriculum today or will: public id, name with track and site."""
    groups = at_sites(Group.objects.select_related("site").filter(organization_id=by.organization), "", by=by)
    by_key = {group.pk: group for group in groups}
    curricula = Curricula(by_key)
    found = [
        group
        for key, group in by_key.items()
        for _, following in curricula.from_now(key, local_day(at, group.site.time_zone))
        if curriculum in following.curricula
    ]
    unique = {group.uid: f"{group.name} ({TRACKS[group.track].title}, {group.site.name})" for group in found}
    return tuple(sorted(unique.items(), key=lambda one: (one[1].casefold(), one[0])))
