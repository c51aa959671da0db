"""Claiming what is due: a worker takes ways for a while and says so; whoever dies gives them back by dying.

A lease says until when, a fencing number who: what a worker writes after somebody else took over counts for nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, F, Q, QuerySet

from throughcare.keys import CannotOpen
from throughcare.knowledge.message_ways import (
    LEASE,
    LONGEST_LEASE,
    LONGEST_URGENT_WAIT,
    MOST_TRIES,
    PATIENCE,
)
from throughcare.pathway.holding import what_holds
from throughcare.pathway.message.marking import (
    FAILED,
    NO_ADDRESS,
    PARKED,
    SHUT,
    TOO_LATE,
    UNKNOWN,
    Outcome,
    Taken,
    mark,
)
from throughcare.pathway.message.reached_at import Addresses, addresses_of
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.records.messages import Message, MessageAttempt, MessageWay

# Attempts that ended so, or never ended, may have arrived.
IN_DOUBT = ("", UNKNOWN)
AGAIN = "Sent again: "


@dataclass(frozen=True)
class Job:
    """What one worker sends now. `same` names every try of this way, for a provider that knows repeats by it."""

    taken: Taken
    same: str
    way: str
    address: str
    subject: str
    words: str

    @property
    def attempt(self) -> UUID:
        """The public id of this try, by which a provider tells how it went."""
        return self.taken.attempt


def claim(
    most: int,
    *,
    urgent: bool,
    channels: Collection[str] | None = None,
    done: Sequence[tuple[Taken, Outcome]] = (),
    at: datetime,
) -> list[Job]:
    """Take at most so many ways that are due, for the length of a lease. Several workers never take the same.

    With `channels`, only ways that have one: the others wait until somebody gives them one. What came of those that
    are `done` is written in the same transaction.
    """
    # On SQLite a transaction that will write keeps all others waiting: none is begun for nothing.
    something_due = most > 0 and (bool(done) or _due(urgent, channels, at=at).exists())
    if not (something_due or done):
        return []
    with transaction.atomic():
        mark(done, at=at)
        claimed = _take(most, urgent, channels, at=at) if something_due else []
    opened = _opened({row.message_id for row, _ in claimed})
    jobs: list[Job] = []
    cannot: list[tuple[Taken, Outcome]] = []
    for row, attempt in claimed:
        taken = Taken(row.pk, row.message_id, attempt.fence, attempt.uid)
        why = _why_not(row, opened.get(row.message_id), at)
        if why is not None:
            cannot.append((taken, why))
        else:
            jobs.append(_job(row, attempt, taken, *opened[row.message_id]))
    mark(cannot, at=at)
    _note_reached(jobs, opened, at=at)
    if cannot and len(jobs) < most:
        # What can't go by one way comes due by its next one now.
        jobs += claim(most - len(jobs), urgent=urgent, channels=channels, at=at)
    return jobs


def _take(
    most: int, urgent: bool, channels: Collection[str] | None, *, at: datetime
) -> list[tuple[MessageWay, MessageAttempt]]:
    rows = list(_held(_due(urgent, channels, at=at))[:most])
    keys = [row.pk for row in rows]
    if not keys:
        return []
    MessageWay.objects.filter(pk__in=keys).update(
        leased_until=at + LEASE, fence=F("fence") + 1, tries=F("tries") + 1
    )
    doubted = set(
        MessageAttempt.objects.filter(way__in=keys, outcome__in=IN_DOUBT).values_list("way", flat=True)
    )
    attempts = [
        MessageAttempt(
            organization_id=row.organization_id,
            way=row,
            fence=row.fence + 1,
            in_doubt=row.pk in doubted,
            recorded_at=at,
        )
        for row in rows
    ]
    MessageAttempt.objects.bulk_create(attempts)
    _call_next_soon(rows, at=at)
    return list(zip(rows, attempts, strict=True))


def _call_next_soon(rows: Iterable[MessageWay], *, at: datetime) -> None:
    """What is urgent and handed over now waits a little for a yes, then goes by its next way too; a yes puts it off."""
    taken: dict[int, list[int]] = {}
    for row in rows:
        if row.urgent:
            taken.setdefault(row.turn, []).append(row.message_id)
    for turn, messages in taken.items():
        following = MessageWay.objects.filter(message__in=messages, turn=turn + 1, tries=0)
        following.filter(finished_at__isnull=True, due_at__gt=at + PATIENCE).update(due_at=at + PATIENCE)


def _due(urgent: bool, channels: Collection[str] | None, *, at: datetime) -> QuerySet[MessageWay]:
    rows = MessageWay.objects.filter(
        # A database that was put back from a backup sends nothing until somebody arms it.
        ~Exists(what_holds()),
        # Whoever died with it in hand under a clock that was ahead of ours holds it no longer than others.
        Q(leased_until__isnull=True) | Q(leased_until__lte=at) | Q(leased_until__gt=at + LONGEST_LEASE),
        Q(due_at__lte=at) | Q(due_at__gt=at + LONGEST_URGENT_WAIT) if urgent else Q(due_at__lte=at),
        urgent=urgent,
        finished_at__isnull=True,
    )
    return rows if channels is None else rows.filter(way__in=channels)


def _held(rows: QuerySet[MessageWay]) -> QuerySet[MessageWay]:
    """The rows in their order, those that another worker is taking at this moment left out."""
    rows = rows.order_by("due_at", "pk")
    # SQLite's transactions are immediate: whoever is in one is alone in it.
    can_skip = connection.features.has_select_for_update_skip_locked
    return rows.select_for_update(skip_locked=True) if can_skip else rows


def _opened(messages: Iterable[int]) -> dict[int, tuple[Message, Addresses]]:
    """The messages with where they go; one whose words no key opens stops no other."""
    keys = list(messages)
    try:
        rows = Message.objects.in_bulk(keys)
        reached = addresses_of(rows.values())
    except CannotOpen:
        if len(keys) == 1:
            return {}
        return {key: both for one in keys for key, both in _opened([one]).items()}
    return {key: (row, reached[key]) for key, row in rows.items()}


def _why_not(row: MessageWay, opened: tuple[Message, Addresses] | None, at: datetime) -> Outcome | None:
    """Why a way isn't sent, if it isn't. `row` is as it was before it was taken."""
    if row.tries >= MOST_TRIES:
        return Outcome(PARKED)
    if opened is None:
        return Outcome(FAILED, trouble="no key opens its words")
    message, reached = opened
    if message.ends_at is not None and message.ends_at <= at:
        return Outcome(TOO_LATE)
    if reached.shuts(row.way):
        return Outcome(SHUT)
    if not reached.of(row.way):
        return Outcome(NO_ADDRESS)
    return None


def _job(row: MessageWay, attempt: MessageAttempt, taken: Taken, message: Message, reached: Addresses) -> Job:
    return Job(
        taken,
        same=f"{message.uid}-{row.turn}",
        way=row.way,
        address=reached.of(row.way),
        subject=message.subject,
        words=f"{AGAIN}{message.words}" if attempt.in_doubt else message.words,
    )


def _note_reached(jobs: Sequence[Job], opened: dict[int, tuple[Message, Addresses]], *, at: datetime) -> None:
    """A message to a patient uses their address: the book of accesses says so, one row an organization."""
    touched: dict[int, set[int]] = {}
    for job in jobs:
        message, _ = opened[job.taken.message]
        if message.patient_id is not None:
            touched.setdefault(message.organization_id, set()).add(message.patient_id)
    for organization, patients in touched.items():
        note_own_work("messages", "identity", patients, organization=organization, at=at, verb="see")
