"""Conversations as the person who writes sees them: what is new, what waits, by when it is answered, who is there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.conversation.keeping import PERSON, TEAM
from throughcare.pathway.conversation.near import open_near
from throughcare.pathway.conversation.staff_lines import begins
from throughcare.pathway.conversation.team_times import WhoIsThere, who_is_there
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import site_of
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.records.conversations import Conversation, ConversationWords
from throughcare.records.people import Patient

KIND = "conversation"


@dataclass(frozen=True)
class Said:
    """One message. `who` wrote it, empty for the reader's own; `answer_by` while it waits."""

    uid: UUID
    who: str
    words: str
    at: datetime
    is_own: bool
    is_new: bool
    answer_by: datetime | None


@dataclass(frozen=True)
class OwnConversation:
    """One matter; `begins` are its first words where nobody said what it is about."""

    uid: UUID
    about: str
    begins: str
    newest_at: datetime
    unread: int
    answer_by: datetime | None
    in_crisis: bool
    messages: tuple[Said, ...]

    @property
    def title(self) -> str:
        """What it is about, or how it begins."""
        return self.about or self.begins


@dataclass(frozen=True)
class OwnConversations:
    """A person's own page of messages, the newest first."""

    patient: UUID
    name: str
    there: WhoIsThere | None
    rows: tuple[OwnConversation, ...]


@dataclass(frozen=True)
class OwnThread:
    """One matter on a page of its own, with who it is about and who is there."""

    patient: UUID
    name: str
    there: WhoIsThere | None
    row: OwnConversation


def my_conversations(*, by: Actor, at: datetime) -> OwnConversations:
    """All that the person and the team wrote to each other."""
    found = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    return _page(found, Conversation.objects.filter(patient=found, relation__isnull=True), at=at)


def my_conversation(conversation: UUID, *, by: Actor, at: datetime) -> OwnThread:
    """One of them; what the team wrote there counts as read now. Raises `Absent`."""
    found = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    rows = Conversation.objects.filter(patient=found, relation__isnull=True)
    return _read(found, rows, conversation, by=by, at=at)


def conversations_near(patient: UUID, *, by: Actor, at: datetime) -> OwnConversations:
    """All that somebody near to a patient and the team wrote to each other."""
    found, person = open_near(patient, by=by, at=at)
    return _page(found, Conversation.objects.filter(patient=found, relation=person), at=at)


def conversation_near(patient: UUID, conversation: UUID, *, by: Actor, at: datetime) -> OwnThread:
    """One of them. Raises `Absent`."""
    found, person = open_near(patient, by=by, at=at)
    rows = Conversation.objects.filter(patient=found, relation=person)
    return _read(found, rows, conversation, by=by, at=at)


def unread_messages(*, by: Actor) -> int:
    """How many messages wait for the person who is signed in; opens no record."""
    if by.patient is None:
        return 0
    return ConversationWords.objects.filter(
        conversation__patient=by.patient, conversation__relation__isnull=True, side=TEAM, read_at__isnull=True
    ).count()


def _page(patient: Patient, rows: QuerySet[Conversation], *, at: datetime) -> OwnConversations:
    site = site_of(patient)
    found = [_whole(row) for row in rows.prefetch_related("messages__recorded_by")]
    return OwnConversations(
        patient.uid,
        patient.called,
        who_is_there(site, at=at) if site else None,
        tuple(sorted(found, key=lambda one: one.newest_at, reverse=True)),
    )


def _read(
    patient: Patient, rows: QuerySet[Conversation], conversation: UUID, *, by: Actor, at: datetime
) -> OwnThread:
    row = rows.prefetch_related("messages__recorded_by").filter(uid=conversation).first()
    if row is None:
        raise Absent("conversation")
    whole = _whole(row)
    if whole.unread:
        new = ConversationWords.objects.filter(conversation=row, side=TEAM, read_at__isnull=True)
        new.update(read_at=at, read_by=by.account)
    site = site_of(patient)
    return OwnThread(patient.uid, patient.called, who_is_there(site, at=at) if site else None, whole)


def _whole(row: Conversation) -> OwnConversation:
    said = sorted(row.messages.all(), key=lambda one: (one.recorded_at, one.pk))
    waiting = [one.answer_by for one in said if one.answer_by and one.settled_at is None]
    return OwnConversation(
        uid=row.uid,
        about=row.about,
        begins=begins(said),
        newest_at=said[-1].recorded_at if said else row.recorded_at,
        unread=sum(one.side == TEAM and one.read_at is None for one in said),
        answer_by=min(waiting) if waiting else None,
        in_crisis=any(one.crisis and one.settled_at is None for one in said),
        messages=tuple(_said(one) for one in said),
    )


def _said(row: ConversationWords) -> Said:
    is_own = row.side == PERSON
    return Said(
        uid=row.uid,
        who="" if is_own or row.recorded_by is None else row.recorded_by.name,
        words=row.words,
        at=row.recorded_at,
        is_own=is_own,
        is_new=not is_own and row.read_at is None,
        answer_by=row.answer_by if row.settled_at is None else None,
    )
