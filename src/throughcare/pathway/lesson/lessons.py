"""The topic of every session of a group: written down, or proposed as the next one of the curricula it follows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from throughcare.knowledge.curricula.curriculum import Topic
from throughcare.knowledge.curricula.following import Following, next_topic
from throughcare.knowledge.curricula.library import TOPICS
from throughcare.records.curricula import GroupCurriculum, SessionTopic
from throughcare.records.sessions import Session

# A session as it is counted: key, group, day, start, words.
_Row = tuple[int, int, date, datetime, str]


@dataclass(frozen=True)
class Lesson:
    """A session's topic: one of a curriculum (`code`), or `words` of its own. Not `written`: only proposed so far."""

    session: int
    day: date
    starts_at: datetime
    code: str
    words: str
    written: bool

    @property
    def topic(self) -> Topic | None:
        """The topic of a curriculum, where it is one that this version knows."""
        return TOPICS.get(self.code)

    @property
    def title(self) -> str:
        """What the session is about in a few words; empty while nobody knows."""
        return self.topic.title if self.topic else self.words


@dataclass(frozen=True)
class _Choice:
    key: int
    since: date
    chosen_at: datetime
    following: Following


class Curricula:
    """What groups (keys) follow, from which day on; one query for all of them."""

    def __init__(self, groups: Collection[int]) -> None:
        self._rows: dict[int, list[_Choice]] = defaultdict(list)
        for row in GroupCurriculum.objects.filter(group__in=groups).order_by("from_date", "pk"):
            following = Following(tuple(row.codes), row.in_rounds, row.first_topic)
            self._rows[row.group_id].append(_Choice(row.pk, row.from_date, row.recorded_at, following))

    @property
    def groups(self) -> tuple[int, ...]:
        """The groups that follow anything, or once did."""
        return tuple(self._rows)

    @property
    def first_day(self) -> date | None:
        """The first day on which any of them followed anything."""
        return min((rows[0].since for rows in self._rows.values()), default=None)

    def on(self, group: int, day: date, *, known_at: datetime | None = None) -> tuple[int, Following] | None:
        """What the group follows on a day, with the key of the row that says so; as it was known at a moment."""
        found = [
            one
            for one in self._rows.get(group, ())
            if one.since <= day and (known_at is None or one.chosen_at <= known_at)
        ]
        return (found[-1].key, found[-1].following) if found and found[-1].following.curricula else None

    def from_now(self, group: int, day: date) -> list[tuple[date, Following]]:
        """What it follows on a day and what it will follow after it, with the days on which that begins."""
        rows = [(one.since, one.following) for one in self._rows.get(group, ())]
        past = [row for row in rows if row[0] <= day]
        return past[-1:] + [row for row in rows if row[0] > day]


def lessons_of(groups: Collection[int], *, until: datetime) -> dict[int, tuple[Lesson, ...]]:
    """Every session of these groups (keys) from the first day of their curricula until a moment, in three queries.

    What is written down stands; the others are proposed, one after the other. What was canceled is left out.
    """
    curricula = Curricula(groups)
    if curricula.first_day is None:
        return {}
    rows = Session.objects.filter(
        group__in=curricula.groups,
        cancelled_at__isnull=True,
        starts_at__lte=until,
        local_day__gte=curricula.first_day,
    )
    written = SessionTopic.objects.filter(session__in=rows, retired_at__isnull=True)
    codes = dict(written.values_list("session", "code"))
    ordered = rows.order_by("starts_at", "pk").values_list("pk", "group", "local_day", "starts_at", "topic")
    found: dict[int, list[_Row]] = defaultdict(list)
    for key, group, day, starts_at, words in ordered:
        found[group or 0].append((key, group or 0, day, starts_at, words))
    return {group: tuple(_in_turn(sessions, codes, curricula)) for group, sessions in found.items()}


def _in_turn(sessions: Iterable[_Row], codes: dict[int, str], curricula: Curricula) -> Iterable[Lesson]:
    """One group's sessions, each with its topic; with another choice of curricula the count begins anew.

    A choice made after a session began says nothing about it.
    """
    followed, held = 0, list[str]()
    for key, group, day, starts_at, words in sessions:
        now = curricula.on(group, day, known_at=starts_at)
        if now and now[0] != followed:
            followed, held = now[0], []
        if key in codes:
            yield Lesson(key, day, starts_at, codes[key], "" if codes[key] else words, written=True)
        else:
            proposed = next_topic(now[1], held) if now else None
            yield Lesson(key, day, starts_at, proposed.code if proposed else "", "", written=False)
            codes[key] = proposed.code if proposed else ""
        held.append(codes[key])


def lesson_of(session: Session) -> Lesson:
    """The topic of one session; of a group's, also the one proposed. Four queries at most."""
    if session.group_id:
        for lesson in lessons_of([session.group_id], until=session.starts_at).get(session.group_id, ()):
            if lesson.session == session.pk:
                return lesson
    row = SessionTopic.objects.filter(session=session, retired_at__isnull=True).first()
    code, words = (row.code, "" if row.code else session.topic) if row else ("", "")
    return Lesson(session.pk, session.local_day, session.starts_at, code, words, written=row is not None)
