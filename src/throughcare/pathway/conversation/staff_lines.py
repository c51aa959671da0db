"""One conversation as a line for staff, made of its rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.conversation.keeping import PERSON, TEAM
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy.guards import HIDDEN
from throughcare.records.conversations import Conversation, ConversationHandover, ConversationWords

BEGINNING = 80


@dataclass(frozen=True)
class Told:
    """One message as staff read it."""

    uid: UUID
    who: str
    words: str
    at: datetime
    from_team: bool
    read_at: datetime | None
    waits: bool
    crisis: UUID | None


@dataclass(frozen=True)
class InboxLine:
    """One conversation. `since` is when the oldest that waits came in; of a guarded person the words are left out."""

    uid: UUID
    patient: UUID
    name: str
    near: str
    title: str
    newest_at: datetime
    since: datetime | None
    answer_by: datetime | None
    is_late: bool
    is_unread: bool
    in_crisis: bool
    owner: str
    is_mine: bool
    on_my_team: bool
    is_guarded: bool


def in_order(row: Conversation) -> list[ConversationWords]:
    """Its messages, oldest first; they were fetched with it."""
    return sorted(row.messages.all(), key=lambda one: (one.recorded_at, one.pk))


def owner_of(row: Conversation) -> ConversationHandover | None:
    """Who answers in it now; None while the whole team does."""
    return max(row.handovers.all(), key=lambda one: (one.recorded_at, one.pk), default=None)


def line_of(
    row: Conversation,
    *,
    by: Actor,
    at: datetime,
    team: Collection[int],
    hidden: Collection[int] = frozenset(),
) -> InboxLine:
    """The line; `team` are the patients (keys) whose care team `by` is on, `hidden` those that must not be named."""
    said, owner = in_order(row), owner_of(row)
    waiting = [one for one in said if one.answer_by and one.settled_at is None]
    due = min((one.answer_by for one in waiting if one.answer_by), default=None)
    is_hidden = row.patient_id in hidden
    near = f"{row.relation.name}, {row.relation.relationship}" if row.relation else ""
    return InboxLine(
        uid=row.uid,
        patient=row.patient.uid,
        name=HIDDEN if is_hidden else display_name(row.patient),
        near="" if is_hidden else near,
        title="" if is_hidden else row.about or begins(said),
        newest_at=said[-1].recorded_at if said else row.recorded_at,
        since=waiting[0].recorded_at if waiting else None,
        answer_by=due,
        is_late=due is not None and due < at,
        is_unread=any(one.side == PERSON and one.read_at is None for one in said),
        in_crisis=any(one.crisis for one in waiting),
        owner=owner.owner.name if owner else "",
        is_mine=owner is not None and owner.owner_id == by.account,
        on_my_team=row.patient_id in team,
        is_guarded=is_hidden,
    )


def told_of(row: ConversationWords, conversation: Conversation) -> Told:
    """One message with its writer's name."""
    from_person = conversation.relation.name if conversation.relation else conversation.patient.called
    staff = row.recorded_by.name if row.recorded_by else ""
    return Told(
        uid=row.uid,
        who=staff if row.side == TEAM else from_person,
        words=row.words,
        at=row.recorded_at,
        from_team=row.side == TEAM,
        read_at=row.read_at,
        waits=row.answer_by is not None and row.settled_at is None,
        crisis=row.crisis,
    )


def begins(said: list[ConversationWords]) -> str:
    """The first words, where nobody said what it is about."""
    words = " ".join(said[0].words.split()) if said else ""
    return words if len(words) <= BEGINNING else words[: BEGINNING - 1].rsplit(" ", 1)[0] + "…"
