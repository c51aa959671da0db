"""A neutral word that a message waits: told once until it is read, by the ways that the person leaves open."""

from datetime import datetime

from django.utils.translation import gettext as _

from throughcare.pathway.conversation.keeping import TEAM
from throughcare.pathway.message.language import in_language_of
from throughcare.pathway.message.outbox import Recipient, put_message, to_account, to_patient
from throughcare.pathway.seat.seat_telling import open_accounts_of
from throughcare.records.consents import FamilyAccount
from throughcare.records.conversations import Conversation, ConversationWords


def tell_of_answer(words: ConversationWords, *, at: datetime) -> None:
    """Tell whoever the conversation is with that there is something to read; nobody who has no way to sign in."""
    conversation = words.conversation
    unread = ConversationWords.objects.filter(conversation=conversation, side=TEAM, read_at__isnull=True)
    to = _recipient(conversation)
    if to is None or unread.exclude(pk=words.pk).exists():
        return
    with in_language_of(patient=to.patient, account=to.account):
        put_message(
            to,
            subject=_("Something waits for you"),
            words=_("You have a new message. Sign in to read it."),
            key=f"conversation {words.uid}",
            organization=conversation.organization_id,
            at=at,
        )


def _recipient(conversation: Conversation) -> Recipient | None:
    if conversation.relation_id is None:
        has_account = conversation.patient_id in open_accounts_of([conversation.patient_id])
        return to_patient(conversation.patient_id) if has_account else None
    near = FamilyAccount.objects.filter(
        related_person=conversation.relation_id, ended_at__isnull=True, account__suspended_at__isnull=True
    )
    account = near.values_list("account", flat=True).first()
    return to_account(account) if account else None
