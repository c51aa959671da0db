"""What a provider tells afterwards: it arrived, or it did not. Telling the same twice changes nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.pathway.message.marking import (
    ACCEPTED,
    NOT_DELIVERED,
    RECEIVED,
    SENT,
    accept,
    call_next,
    hold_messages,
    settle,
)
from throughcare.records.messages import MessageAttempt, MessageReceipt, MessageWay

# In our words: it is on its way, it arrived, it will not.
ON_ITS_WAY, ARRIVED, LOST = "on its way", "arrived", "lost"
STATUSES = (ON_ITS_WAY, ARRIVED, LOST)


@transaction.atomic
def record_receipt(attempt: UUID, status: str, *, provider_id: str = "", at: datetime) -> bool:
    """Write down what a provider said of a try, which may be one whose worker died; False for a try unknown here."""
    found = MessageAttempt.objects.select_related("way").filter(uid=attempt).order_by("pk").first()
    if found is None or status not in STATUSES:
        return False
    hold_messages({found.way.message_id})
    told = {"organization_id": found.organization_id, "recorded_at": at}
    _, is_new = MessageReceipt.objects.get_or_create(attempt=found, status=status, defaults=told)
    if not is_new:
        return True
    MessageAttempt.objects.filter(pk=found.pk).exclude(outcome=ACCEPTED).update(
        ended_at=found.ended_at or at,
        outcome=ACCEPTED,
        provider_id=found.provider_id or provider_id[:80],
    )
    accept(found.way, at=at)
    if status == ARRIVED:
        settle(found.way.message_id, RECEIVED, at=at)
    elif status == LOST:
        MessageWay.objects.filter(pk=found.way_id, outcome=SENT).update(outcome=NOT_DELIVERED)
        call_next(found.way, at=at)
    return True
