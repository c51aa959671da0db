"""A message that nobody answered in the promised time: whoever owns it is told once, or the directors."""

from datetime import datetime, timedelta

from django.db import transaction

from throughcare.pathway.conversation.staff_lines import owner_of
from throughcare.pathway.message.outbox import put_message, to_account
from throughcare.records.conversations import ConversationWords
from throughcare.records.people import Account, RoleGrant

# What is older was told in an earlier round.
LOOKS_BACK = timedelta(days=3)
SUBJECT, WORDS = "Something waits for your answer", "Somebody waits for your answer. Sign in to read it."


def tell_of_late_messages(*, at: datetime) -> str:
    """Tell of what has become late; each is told once. How many people were told, in words."""
    late = ConversationWords.objects.filter(
        answer_by__range=(at - LOOKS_BACK, at), settled_at__isnull=True
    ).select_related("conversation")
    told = sum(
        _tell(row, at=at) for row in late.prefetch_related("conversation__handovers__owner").order_by("pk")
    )
    return f"{told} told"


@transaction.atomic
def _tell(row: ConversationWords, *, at: datetime) -> int:
    accounts = _whom(row)
    for account in accounts:
        put_message(
            to_account(account),
            subject=SUBJECT,
            words=WORDS,
            key=f"late message {row.uid} {account}",
            organization=row.organization_id,
            at=at,
        )
    return len(accounts)


def _whom(row: ConversationWords) -> list[int]:
    owner = owner_of(row.conversation)
    if owner is not None and owner.owner.suspended_at is None:
        return [owner.owner_id]
    held = RoleGrant.objects.filter(
        organization=row.organization_id, role="director", ended_at__isnull=True
    ).values("account")
    people = Account.objects.filter(pk__in=held, suspended_at__isnull=True).order_by("pk")
    return list(people.values_list("pk", flat=True))
