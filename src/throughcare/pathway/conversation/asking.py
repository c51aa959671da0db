"""A person writes to their care team: a new matter, or more in one that is there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.actor import Actor
from throughcare.pathway.conversation.keeping import begin, check_words, keep_once, the_one
from throughcare.pathway.privacy import open_patient
from throughcare.records.conversations import Conversation

KIND = "conversation"
WHERE, SOURCE = "a message to the care team", "message"


@transaction.atomic
def ask(patient: UUID, words: str, *, about: str = "", key: str = "", by: Actor, at: datetime) -> UUID:
    """Write to the care team about something new; the conversation's public id. Raises `Cannot`.

    The same `key` from the same account is one message, however often it is sent.
    """
    row = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    check_words(words, about)
    return keep_once(
        row,
        words,
        lambda: begin(row, None, about, by=by, at=at),
        key=key,
        where=WHERE,
        source=SOURCE,
        by=by,
        at=at,
    )


@transaction.atomic
def write_more(
    patient: UUID, conversation: UUID, words: str, *, key: str = "", by: Actor, at: datetime
) -> None:
    """Write more in a conversation of one's own. Raises `Absent` and `Cannot`."""
    row = open_patient(patient, kind=KIND, by=by, at=at, verb="change")
    check_words(words)
    own = Conversation.objects.filter(patient=row, relation__isnull=True, uid=conversation)
    keep_once(row, words, lambda: the_one(own), key=key, where=WHERE, source=SOURCE, by=by, at=at)
