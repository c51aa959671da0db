"""Messages that leave the house: what is to be told to whom, the ways it takes, every try, and what came back."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.organizations import Organization
from throughcare.records.people import Account, Patient


class Message(Fact):
    """Words for one recipient, written in the transaction of what they tell; the worker sends them.

    Who gets it: an account, a patient, or an address that stands here. `settled_at` is when nothing more is to be sent.
    """

    key = models.CharField(max_length=120, help_text="The same key is one message, however often it is put")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    phone = PrivateText(max_length=40, blank=True)
    email = PrivateText(max_length=254, blank=True)
    subject = PrivateText(max_length=120)
    words = Narrative()
    urgent = models.BooleanField(default=False)
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Not sent after this moment")
    dispatched_at = models.DateTimeField(null=True, blank=True, help_text="When a provider first took it")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_how = models.CharField(max_length=20, blank=True)
    settled_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who looks after it",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "key"], name="a_message_is_put_once"),
        ]
        indexes = [
            models.Index(
                fields=["organization", "urgent", "recorded_at"],
                condition=models.Q(settled_at__isnull=True),
                name="message_not_settled",
            )
        ]


class MessageWay(models.Model):
    """One way of a message, in its turn: the queue's own row, which workers claim by a lease and a fencing number.

    Not a fact: it says what is to be done next. What was done stands in the attempts. `finished_at` without an end that
    is good means that a person has to look (`outcome` parked).
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="ways")
    way = models.CharField(max_length=10)
    turn = models.PositiveSmallIntegerField()
    urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=60, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "turn"], name="one_way_at_a_turn")]
        indexes = [
            models.Index(
                fields=["urgent", "due_at"],
                condition=models.Q(finished_at__isnull=True),
                name="message_way_to_send",
            ),
        ]


class MessageAttempt(Fact):
    """A worker took a way to send it. Without an end nobody knows whether the provider has it: it is sent again.

    `in_doubt`: an earlier attempt never said how it ended, so that this one may arrive as a second copy.
    """

    way = models.ForeignKey(MessageWay, on_delete=models.PROTECT, related_name="attempts")
    fence = models.PositiveIntegerField()
    in_doubt = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    provider = models.CharField(max_length=40, blank=True)
    provider_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["way", "fence"], name="one_attempt_per_claim")]
        indexes = [
            models.Index(
                fields=["provider_id"], condition=~models.Q(provider_id=""), name="attempt_by_provider_id"
            ),
            models.Index(fields=["organization", "recorded_at"], name="attempts_lately"),
        ]


class MessageReceipt(Fact):
    """What a provider told afterwards about an attempt: that it arrived, or that it did not."""

    attempt = models.ForeignKey(MessageAttempt, on_delete=models.PROTECT, related_name="receipts")
    status = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "status"], name="a_receipt_is_told_once")]


class StaffPhone(Fact):
    """The number at which someone who works here gets urgent texts and calls, until another takes its place."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="phones")
    number = PrivateText(max_length=40)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(ended_at__isnull=True), name="one_phone_at_a_time"
            )
        ]


class InboundText(Fact):
    """A text message that came in. It decides nothing: a person reads it, and words of a crisis raise one."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sender = PrivateText(max_length=40)
    words = Narrative(blank=True)
    provider_id = models.CharField(max_length=80)
    asks_for_help = models.BooleanField(default=False)
    crisis = models.UUIDField(null=True, blank=True, help_text="The crisis that it raised")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "provider_id", "patient"], name="a_text_comes_in_once"
            )
        ]


class WorkerAlarm(models.Model):
    """The watchdog raised an alarm about sending itself, by ways beside the queue; `told` says by how many."""

    kind = models.CharField(max_length=40)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    count = models.PositiveIntegerField(default=0)
    raised_at = models.DateTimeField()
    told = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["kind", "raised_at"], name="alarm_by_kind")]
