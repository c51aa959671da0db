"""What waits for the care team's answer: the inbox, what Today says of it, and one person's conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.conversation.keeping import PERSON
from throughcare.pathway.conversation.near import told_kinds
from throughcare.pathway.conversation.staff_lines import (
    InboxLine,
    Told,
    in_order,
    line_of,
    owner_of,
    told_of,
)
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.desk import sites_for
from throughcare.pathway.privacy.guards import open_roster
from throughcare.records.conversations import Conversation, ConversationWords
from throughcare.records.episodes import CareTeamMember, Episode

KIND = "conversation"
MOST_ROWS = 500
LATELY = timedelta(days=14)


@dataclass(frozen=True)
class Thread:
    """One conversation, whole. `may_be_told`: of whom is near, the kinds that the patient lets them be told."""

    line: InboxLine
    messages: tuple[Told, ...]
    may_be_told: tuple[tuple[str, str], ...]
    may_change: bool


@dataclass(frozen=True)
class Waiting:
    """How many conversations wait for an answer: mine, those that are nobody's yet, and past the promised time."""

    mine: int
    nobodys: int
    late: int


def waiting_conversations(*, by: Actor, at: datetime) -> tuple[InboxLine, ...]:
    """Every conversation that waits for an answer at the sites of `by`, the one due first on top."""
    keys = {row.conversation_id for row in _unanswered(by=by)[:MOST_ROWS]}
    lines = _lines(Conversation.objects.filter(pk__in=keys), by=by, at=at)
    return tuple(sorted(lines, key=lambda one: (not one.in_crisis, one.answer_by or at, one.newest_at)))


def answered_lately(*, by: Actor, at: datetime) -> tuple[InboxLine, ...]:
    """Conversations of the last two weeks in which nothing waits, the newest first."""
    rows = _at_my_sites(ConversationWords.objects.filter(recorded_at__gt=at - LATELY), by=by)
    keys = set(rows.values_list("conversation", flat=True)[:MOST_ROWS])
    keys -= {row.conversation_id for row in _unanswered(by=by)}
    lines = _lines(Conversation.objects.filter(pk__in=keys), by=by, at=at)
    return tuple(sorted(lines, key=lambda one: one.newest_at, reverse=True))


def how_many_messages_wait(*, by: Actor, at: datetime) -> Waiting:
    """The numbers of Today; names nobody."""
    if not may_access(KIND, by=by):
        return Waiting(0, 0, 0)
    mine: set[int] = set()
    nobodys: set[int] = set()
    late: set[int] = set()
    for row in _unanswered(by=by):
        newest = owner_of(row.conversation)
        if newest is None:
            nobodys.add(row.conversation_id)
        elif newest.owner_id == by.account:
            mine.add(row.conversation_id)
        if row.answer_by and row.answer_by < at:
            late.add(row.conversation_id)
    return Waiting(len(mine), len(nobodys), len(late))


def conversations_of(patient: UUID, *, by: Actor, at: datetime) -> tuple[InboxLine, ...]:
    """One person's conversations and those of whoever is near to them, the newest first."""
    found = open_patient(patient, kind=KIND, by=by, at=at)
    lines = _lines(Conversation.objects.filter(patient=found), by=by, at=at, opened=True)
    return tuple(sorted(lines, key=lambda one: one.newest_at, reverse=True))


def thread_of(conversation: UUID, *, by: Actor, at: datetime) -> Thread:
    """One conversation; what came in counts as read now. Raises `Absent`."""
    rows = Conversation.objects.filter(organization_id=by.organization, uid=conversation)
    row = _whole(rows).first()
    if row is None or by.holds("patient", "alumnus", "family"):
        raise Absent("conversation")
    open_patient(row.patient, kind=KIND, by=by, at=at)
    thread = Thread(
        line=line_of(row, by=by, at=at, team=_my_people(by=by)),
        messages=tuple(told_of(one, row) for one in in_order(row)),
        may_be_told=tuple((kind, KINDS[kind].words) for kind in told_kinds(row.relation, at=at))
        if row.relation
        else (),
        may_change=bool(may_access(KIND, by=by, verb="change")),
    )
    new = ConversationWords.objects.filter(conversation=row, side=PERSON, read_at__isnull=True)
    new.update(read_at=at, read_by=by.account)
    return thread


def _unanswered(*, by: Actor) -> QuerySet[ConversationWords]:
    rows = ConversationWords.objects.filter(
        organization_id=by.organization, answer_by__isnull=False, settled_at__isnull=True
    )
    found = _at_my_sites(rows, by=by).select_related("conversation")
    return found.prefetch_related("conversation__handovers").order_by("answer_by", "pk")


def _at_my_sites(rows: QuerySet[ConversationWords], *, by: Actor) -> QuerySet[ConversationWords]:
    rows = rows.filter(organization_id=by.organization)
    sites = sites_for(KIND, by=by)
    if sites is None:
        return rows
    return rows.filter(conversation__patient__in=Episode.objects.filter(site__in=sites).values("patient"))


def _lines(
    rows: QuerySet[Conversation], *, by: Actor, at: datetime, opened: bool = False
) -> Sequence[InboxLine]:
    found = list(_whole(rows.filter(organization_id=by.organization)))
    people = sorted({row.patient_id for row in found})
    hidden = frozenset() if opened else open_roster(KIND, people, by=by, at=at)
    team = _my_people(by=by)
    return [line_of(row, by=by, at=at, team=team, hidden=hidden) for row in found]


def _whole(rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    return rows.select_related("patient", "relation").prefetch_related(
        "messages__recorded_by", "handovers__owner"
    )


def _my_people(*, by: Actor) -> frozenset[int]:
    """Whose care team `by` is on (keys)."""
    if by.practitioner is None:
        return frozenset()
    rows = CareTeamMember.objects.filter(practitioner=by.practitioner, ended_at__isnull=True)
    return frozenset(rows.values_list("episode__patient", flat=True))
