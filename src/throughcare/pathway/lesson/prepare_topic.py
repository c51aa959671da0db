"""The topics that a session may be about, with how many of the people expected have had each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.curricula.curriculum import Curriculum
from throughcare.knowledge.curricula.library import ALL
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.lesson.lessons import Curricula, Lesson, lesson_of
from throughcare.pathway.lesson.topic_history import topic_histories
from throughcare.pathway.lesson.topics import may_choose_topic
from throughcare.pathway.session.session_rows import (
    SessionHead,
    describe,
    find_session,
    keys,
    open_seats,
    seated_at,
)
from throughcare.records.sessions import Session


@dataclass(frozen=True)
class TopicChoice:
    """A topic to choose; for `new_for` of the `expected` people it would be new."""

    code: str
    curriculum: str
    title: str
    new_for: int
    expected: int

    @property
    def in_words(self) -> str:
        """For whom it is new, behind the title."""
        if not self.expected:
            return ""
        if self.new_for == self.expected:
            return " (new for everyone)"
        return f" (new for {self.new_for} of {self.expected})" if self.new_for else " (everyone had it)"


@dataclass(frozen=True)
class TopicsToChoose:
    """A session with the topic it has or would have, and those it may be about."""

    head: SessionHead
    lesson: Lesson
    choices: tuple[TopicChoice, ...]
    may_choose: Verdict


def topics_to_choose(session: UUID, *, by: Actor, at: datetime) -> TopicsToChoose:
    """Every topic, those of the group's own curricula first; whoever is hidden from `by` isn't counted."""
    found = find_session(session, by=by)
    seats = seated_at(found)
    hidden = open_seats("homework", found, seats, by=by, at=at)
    people = [key for key in keys(seats) if key not in hidden]
    histories = topic_histories(people, organization=by.organization, before=found.starts_at)
    had = [set(histories[key].had) if key in histories else set() for key in people]
    return TopicsToChoose(
        describe(found, hidden),
        lesson_of(found),
        tuple(
            TopicChoice(
                topic.code, one.title, topic.title, sum(topic.code not in each for each in had), len(people)
            )
            for one in _curricula(found)
            for topic in one.topics
        ),
        may_choose_topic(found, by=by),
    )


def _curricula(session: Session) -> Iterable[Curriculum]:
    """All curricula: those that the group follows, those that fit the kind of session, the others."""
    group = session.group_id
    now = Curricula([group]).on(group, session.local_day) if group else None
    own = now[1].curricula if now else ()

    def rank(one: Curriculum) -> tuple[int, bool, str]:
        place = own.index(one.code) if one.code in own else len(own)
        return place, one.session_type != session.session_type, one.title

    return sorted(ALL.values(), key=rank)
