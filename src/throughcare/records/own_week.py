"""What people say of their own week: that they can't come, what to change, and the feed for a calendar."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.people import Account, Patient
from throughcare.records.sessions import Session
from throughcare.records.timetables import Commitment


class CannotCome(Fact):
    """A person said, before a session began, that they can't come; their seat was given back with it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20)
    words = Narrative(blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "recorded_at"], name="cannot_come_by_patient")]


class WeekAsk(Fact):
    """A change of their own times that a person asks for and the team agrees to first.

    To add what `asked` says (the fields of a commitment), or to end the `commitment` that is named.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="week_asks")
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked = PrivateJSON(default=dict)
    words = Narrative(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "recorded_at"], name="week_asks_by_time")]


class WeekAnswer(Fact):
    """What came of an ask: agreed, declined, or taken back by the person themself."""

    ask = models.OneToOneField(WeekAsk, on_delete=models.PROTECT, related_name="answer")
    how = models.CharField(max_length=12)
    words = Narrative(blank=True)


class CalendarFeed(Fact):
    """A secret address under which a calendar reads a person's times. Only the fingerprint of its token stays."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    token_mark = models.CharField(max_length=64, unique=True)
    name = PrivateText(max_length=60)
    title = PrivateText(max_length=60)
    with_place = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "ended_at"], name="feeds_of_account")]
