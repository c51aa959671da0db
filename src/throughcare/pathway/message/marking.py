"""What came of a try, written where the next one looks: sent, failed, in doubt, or for people to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.message_ways import MOST_TRIES, RECEIPT_WAIT, pause_after, pause_in_doubt
from throughcare.records.messages import Message, MessageAttempt, MessageWay

# What a provider may answer. Only after `unknown` may it have the message all the same.
ACCEPTED, FAILED, NOT_TAKEN, UNKNOWN = "accepted", "failed", "not taken", "unknown"
# Why a way was not even tried.
PARKED, TOO_LATE, SHUT, NO_ADDRESS = "parked", "too late", "shut", "no address"
# How a way or a message ended.
SENT, RECEIVED, NOT_DELIVERED = "sent", "received", "not delivered"
# Where there is no other way left, these need nobody: the person asked for it, or it is over.
QUIET_ENDS = frozenset({TOO_LATE, SHUT})


@dataclass(frozen=True)
class Taken:
    """A claim: the way, its message (keys), the fencing number, and the try's public id."""

    way: int
    message: int
    fence: int
    attempt: UUID


@dataclass(frozen=True)
class Outcome:
    """What a try came to, whose answer it was, the provider's own id for it, and a word of trouble."""

    came_to: str
    provider: str = ""
    provider_id: str = ""
    trouble: str = ""
    arrived: bool = False


@transaction.atomic
def mark(done: Sequence[tuple[Taken, Outcome]], *, at: datetime) -> None:
    """Write down what came of each; where a later claim has taken over, only that it happened."""
    if not done:
        return
    hold_messages({taken.message for taken, _ in done})
    for taken, outcome in done:
        MessageAttempt.objects.filter(uid=taken.attempt).update(
            ended_at=at,
            outcome=outcome.came_to,
            provider=outcome.provider[:40],
            provider_id=outcome.provider_id[:80],
        )
        if outcome.came_to == ACCEPTED:
            # Whatever the claim: it is on its way, and nothing sends it a second time.
            accept(MessageWay.objects.get(pk=taken.way), at=at)
            continue
        held = MessageWay.objects.filter(pk=taken.way, fence=taken.fence, finished_at__isnull=True)
        for row in held:
            _not_sent(row, outcome, at=at)


def hold_messages(keys: set[int]) -> None:
    """Whoever changes a message's ways holds the message first, always in the same order: nobody waits in a ring."""
    rows = Message.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    list(rows.values_list("pk", flat=True))


def accept(row: MessageWay, *, at: datetime) -> None:
    """A provider has it."""
    Message.objects.filter(pk=row.message_id, dispatched_at__isnull=True).update(dispatched_at=at)
    waiting = MessageWay.objects.filter(pk=row.pk, finished_at__isnull=True)
    if not waiting.update(finished_at=at, outcome=SENT, trouble=""):
        return
    if not row.urgent:
        settle(row.message_id, SENT, at=at)
        return
    # Not before the provider had time to say that it arrived; at once when it says that it didn't.
    MessageWay.objects.filter(
        message=row.message_id, turn=row.turn + 1, finished_at__isnull=True, tries=0
    ).update(due_at=at + RECEIPT_WAIT)


def _not_sent(row: MessageWay, outcome: Outcome, *, at: datetime) -> None:
    may_again = outcome.came_to in (FAILED, UNKNOWN)
    if may_again and row.tries < MOST_TRIES:
        in_doubt = outcome.came_to == UNKNOWN
        pause = pause_in_doubt(urgent=row.urgent) if in_doubt else pause_after(row.tries, urgent=row.urgent)
        MessageWay.objects.filter(pk=row.pk).update(
            leased_until=None, due_at=at + pause, trouble=outcome.trouble[:60]
        )
    else:
        MessageWay.objects.filter(pk=row.pk).update(
            finished_at=at,
            outcome=PARKED if may_again else outcome.came_to,
            trouble=outcome.trouble[:60] or row.trouble,
        )
    if not call_next(row, at=at):
        _end_quietly(row.message_id, at=at)


def call_next(row: MessageWay, *, at: datetime) -> bool:
    """The way after this one need not wait any longer; whether any way is left at all."""
    left = MessageWay.objects.filter(message=row.message_id, finished_at__isnull=True)
    following = left.filter(turn__gt=row.turn).order_by("turn").values_list("pk", flat=True).first()
    if following is not None:
        MessageWay.objects.filter(pk=following, due_at__gt=at).update(due_at=at)
    return following is not None or left.exists()


def _end_quietly(message: int, *, at: datetime) -> None:
    """With no way left, a message is over if all its ways ended so that nobody has to look."""
    ends = set(MessageWay.objects.filter(message=message).values_list("outcome", flat=True))
    if ends <= QUIET_ENDS:
        settle(message, min(ends), at=at)


def settle(message: int, how: str, *, at: datetime) -> None:
    """Nothing more of this message (key) is to be sent."""
    Message.objects.filter(pk=message, settled_at__isnull=True).update(settled_at=at, settled_how=how)
    MessageWay.objects.filter(message=message, finished_at__isnull=True).update(finished_at=at, outcome=how)
