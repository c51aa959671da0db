"""The outbox: a message is written in the transaction of what it tells, so that neither is there without the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.knowledge.message_ways import ALL as WAYS
from throughcare.knowledge.message_ways import OTHERWISE, RECEIPT_WAIT, WHEN_URGENT
from throughcare.knowledge.outward_words import outward
from throughcare.pathway.message.marking import settle
from throughcare.pathway.notification.standing import tell_at, wishes_of, wishes_of_patient
from throughcare.records.messages import Message, MessageWay

NOT_NEEDED = "not needed"


@dataclass(frozen=True)
class Recipient:
    """Who gets a message: an account or a patient (keys), or an address of somebody who is neither.

    What an account or a patient is reached at is looked up when it is sent, and so is whether they may be.
    """

    account: int | None = None
    patient: int | None = None
    phone: str = ""
    email: str = ""


def to_account(account: int) -> Recipient:
    """Somebody who signs in: their e-mail address, and the phone that staff leave for urgent messages."""
    return Recipient(account=account)


def to_patient(patient: int) -> Recipient:
    """A patient at the phone and e-mail address of their record."""
    return Recipient(patient=patient)


@transaction.atomic
def put_message(
    to: Recipient,
    *,
    subject: str,
    words: str,
    key: str,
    urgent: bool = False,
    ways: Sequence[str] = (),
    organization: int,
    at: datetime,
    ends_at: datetime | None = None,
) -> UUID:
    """Write a message down for the worker; the same `key` is one message, however often it is put.

    Something urgent takes its ways in turn, the next after half a minute without word that it arrived. Words that
    would tell strangers what kind of care it is about are replaced by a request to sign in: a page is never refused.
    """
    standing = _standing(organization, key)
    if standing is not None:
        return standing
    message = Message(
        organization_id=organization,
        key=key,
        account_id=to.account,
        patient_id=to.patient,
        phone=to.phone,
        email=to.email,
        subject=outward(subject, urgent=urgent)[:120],
        words=outward(words, urgent=urgent),
        urgent=urgent,
        ends_at=ends_at,
        recorded_at=at,
    )
    if not _save(message):
        return _standing(organization, key) or message.uid
    chosen, told_at = (ways or WHEN_URGENT, at) if urgent else _as_wished(message, ways, at=at)
    _lay_out(message, [way for way in chosen if way in WAYS], at=told_at)
    return message.uid


def _as_wished(message: Message, ways: Sequence[str], *, at: datetime) -> tuple[Sequence[str], datetime]:
    """The ways and the moment that the person chose, where they did. What would be over by then goes at once."""
    wishes = None
    if message.account_id:
        wishes = wishes_of([message.account_id]).get(message.account_id)
    elif message.patient_id:
        wishes = wishes_of_patient(message.patient_id)
    if wishes is None:
        return ways or OTHERWISE, at
    told_at = tell_at(wishes, organization=message.organization_id, at=at)
    if message.ends_at is not None and message.ends_at <= told_at:
        told_at = at
    # Who looks for themselves is told by nothing that has no way of its own.
    return ways or ((wishes.way,) if wishes.way in WAYS else ()), told_at


def _save(message: Message) -> bool:
    """False when somebody else put it at the same moment."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if _standing(message.organization_id, message.key) is None:
            raise
        return False
    return True


def _standing(organization: int, key: str) -> UUID | None:
    return Message.objects.filter(organization=organization, key=key).values_list("uid", flat=True).first()


def _lay_out(message: Message, ways: Sequence[str], *, at: datetime) -> None:
    """Every way has its moment from the start: should all that runs die, the next way still comes due."""
    if not ways:
        settle(message.pk, NOT_NEEDED, at=at)
    MessageWay.objects.bulk_create(
        MessageWay(
            organization_id=message.organization_id,
            message=message,
            way=way,
            turn=turn,
            urgent=message.urgent,
            due_at=at + RECEIPT_WAIT * turn,
        )
        for turn, way in enumerate(ways)
    )


@transaction.atomic
def stop_messages(keys: Sequence[str], *, organization: int, at: datetime) -> int:
    """Send nothing more of these messages: a person has what they say. How many were still on their way."""
    waiting = Message.objects.filter(organization=organization, key__in=keys, settled_at__isnull=True)
    stopped = list(waiting.order_by("pk").select_for_update().values_list("pk", flat=True))
    for message in stopped:
        settle(message, NOT_NEEDED, at=at)
    return len(stopped)
