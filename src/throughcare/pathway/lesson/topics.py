"""What a session is about: chosen by who leads it, or written down as proposed when it begins."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from throughcare.knowledge.curricula.library import TOPICS
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.lesson.lessons import Lesson, lesson_of, lessons_of
from throughcare.pathway.session.session_rows import find_session
from throughcare.records.curricula import GroupCurriculum, SessionTopic
from throughcare.records.organizations import Organization
from throughcare.records.sessions import Session, SessionStaff

CHOOSE = frozenset({"director", "clinician", "program"})
LONGEST_WORDS = 200
# So long the program goes back to write down what a session was about.
LOOK_BACK = timedelta(days=7)


def may_choose_topic(session: Session, *, by: Actor) -> Verdict:
    """Whether `by` may say what a session is about: who leads it, a clinician or the director."""
    if session.cancelled_at is not None:
        return Refused("The session was canceled: it has no topic.")
    leads = SessionStaff.objects.filter(session=session, practitioner=by.practitioner or 0)
    if by.holds(*CHOOSE) or leads.exists():
        return Allowed()
    return Refused("Only who leads this session, a clinician or the director chooses its topic.")


@transaction.atomic
def choose_topic(session: UUID, *, code: str = "", words: str = "", by: Actor, at: datetime) -> None:
    """Say what a session is about: a topic of a curriculum (its code), or words of one's own."""
    found = find_session(session, by=by)
    require(may_choose_topic(found, by=by))
    words = " ".join(words.replace("\x00", "").split())
    if code and words:
        raise Cannot("Choose a topic or write one of your own, not both.", field="words")
    if not (code or words):
        raise Cannot("Choose a topic, or write one of your own.", field="code")
    if code and code not in TOPICS:
        raise Cannot("Choose a topic from the list.", field="code")
    if len(words) > LONGEST_WORDS:
        raise Cannot(f"Shorten the topic to {LONGEST_WORDS} characters.", field="words")
    Session.objects.select_for_update().get(pk=found.pk)
    standing = SessionTopic.objects.filter(session=found, retired_at__isnull=True).first()
    title = TOPICS[code].title if code else words
    if standing is not None:
        if (standing.code, found.topic) == (code, title):
            return
        standing.retired_at = at
        standing.save(update_fields=["retired_at"])
    found.topic = title
    found.save(update_fields=["topic"])
    _row(found.pk, code, chosen=True, by=by, at=at).save(force_insert=True)


@transaction.atomic
def write_down_topic(session: Session, *, by: Actor, at: datetime) -> Lesson:
    """The session's topic, written down as proposed where nobody had chosen one."""
    lesson = lesson_of(session)
    if not lesson.written and lesson.code:
        _write([lesson], organization=session.organization_id, at=at)
        session.topic = lesson.title
    return lesson


def write_down_topics(*, at: datetime, back: timedelta = LOOK_BACK) -> str:
    """Write down what the sessions that have begun are about, as proposed; what the worker does."""
    count = sum(
        settle_topics(organization, since=at - back, at=at)
        for organization in Organization.objects.values_list("pk", flat=True)
    )
    return f"{count} topics written down"


@transaction.atomic
def settle_topics(organization: int, *, since: datetime, at: datetime) -> int:
    """Write down the proposed topics of this organization's sessions that began since a moment; how many.

    Six queries whatever their number: for due work, and for a story that is told in bulk.
    """
    written = SessionTopic.objects.filter(session=OuterRef("pk"), retired_at__isnull=True)
    begun = Session.objects.filter(
        ~Exists(written),
        organization_id=organization,
        starts_at__range=(since, at),
        cancelled_at__isnull=True,
        group__in=GroupCurriculum.objects.filter(organization_id=organization).values("group"),
    )
    groups = set(begun.values_list("group", flat=True))
    if not groups:
        return 0
    lessons = [
        lesson
        for found in lessons_of(groups, until=at).values()
        for lesson in found
        if lesson.starts_at >= since and not lesson.written and lesson.code
    ]
    _write(lessons, organization=organization, at=at)
    return len(lessons)


def _write(lessons: Collection[Lesson], *, organization: int, at: datetime) -> None:
    """Append the rows; one that somebody chose meanwhile stands."""
    rows = (_topic(lesson.session, lesson.code, organization, at) for lesson in lessons)
    SessionTopic.objects.bulk_create(rows, ignore_conflicts=True)
    standing = SessionTopic.objects.filter(
        session__in=[lesson.session for lesson in lessons], retired_at__isnull=True, chosen=False
    )
    titles = {key: TOPICS[code].title for key, code in standing.values_list("session", "code")}
    Session.objects.bulk_update(_titled(titles), ["topic"], batch_size=200)


def _titled(titles: dict[int, str]) -> Iterable[Session]:
    return [Session(pk=key, topic=title) for key, title in titles.items()]


def _topic(session: int, code: str, organization: int, at: datetime) -> SessionTopic:
    return SessionTopic(
        organization_id=organization, session_id=session, code=code, chosen=False, recorded_at=at
    )


def _row(session: int, code: str, *, chosen: bool, by: Actor, at: datetime) -> SessionTopic:
    return SessionTopic(
        organization_id=by.organization,
        session_id=session,
        code=code,
        chosen=chosen,
        recorded_by_id=by.account,
        recorded_at=at,
    )
