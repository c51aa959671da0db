"""Messages between a person, or somebody they let in, and the care team: what was written, read and answered."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.people import Account, Patient, RelatedPerson


class Conversation(Fact):
    """One matter that is written about. With a `relation` it is between the team and that person alone."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="conversations")
    relation = models.ForeignKey(
        RelatedPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="conversations"
    )
    about = PrivateText(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "patient", "recorded_at"], name="conversation_of_patient")
        ]


class ConversationWords(Fact):
    """One message. `recorded_by` wrote it, also where it is the person themself.

    Of what came in: `answer_by` is the time that was promised, `settled_at` when the team answered or said that
    there is nothing to answer. `read_at` is when somebody of the other side first had it on a page.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=8, help_text="Who wrote it: person or team")
    words = Narrative()
    key = models.CharField(max_length=64, blank=True, help_text="The same key is one message")
    answer_by = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_how = models.CharField(max_length=12, blank=True, help_text="answered, or nothing to answer")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    crisis = models.UUIDField(null=True, blank=True, help_text="The crisis that the words raised")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "key"], condition=~models.Q(key=""), name="a_message_is_kept_once"
            )
        ]
        indexes = [
            models.Index(fields=["conversation", "recorded_at"], name="messages_of_conversation"),
            models.Index(
                fields=["organization", "answer_by"],
                condition=models.Q(answer_by__isnull=False, settled_at__isnull=True),
                name="messages_to_answer",
            ),
        ]


class ConversationHandover(Fact):
    """Who answers from this moment on; the newest row counts."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="handovers")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["conversation", "recorded_at"], name="owner_of_conversation")]
