"""Aftercare: what is planned when somebody leaves, what they are asked, who tried to reach them, what they said."""

from django.db import models

from throughcare.records.discharges import Discharge
from throughcare.records.fact import Fact, Narrative, PrivateJSON
from throughcare.records.people import Account, Patient
from throughcare.records.referrals import Referral
from throughcare.records.sessions import Session


class AftercarePlan(Fact):
    """How long somebody is asked how they are after they left. `ended_at` and why are written once, when it ends."""

    discharge = models.OneToOneField(Discharge, on_delete=models.PROTECT, related_name="aftercare_plan")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="aftercare_plans")
    from_date = models.DateField()
    until_date = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=models.Q(ended_at__isnull=True),
                name="one_aftercare_plan_runs",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "ended_at", "until_date"], name="aftercare_that_runs"),
            models.Index(fields=["organization", "from_date"], name="aftercare_by_beginning"),
        ]


class AftercareAsk(Fact):
    """One time that somebody is asked: a check-in, or a follow-up so many days on. `closed_at` is written once."""

    plan = models.ForeignKey(AftercarePlan, on_delete=models.PROTECT, related_name="asks")
    occasion = models.CharField(max_length=20)
    opens_date = models.DateField()
    due_date = models.DateField()
    closes_date = models.DateField(help_text="The last day on which an answer counts")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "occasion", "due_date"], name="asked_once_of_a_plan")
        ]
        indexes = [models.Index(fields=["organization", "closed_at"], name="aftercare_asks_open")]


class AftercareTry(Fact):
    """One attempt to reach somebody about an ask: a message that was sent, or a call and what came of it."""

    ask = models.ForeignKey(AftercareAsk, on_delete=models.PROTECT, related_name="tries")
    way = models.CharField(max_length=10)
    outcome = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["ask", "recorded_at"], name="tries_of_an_ask")]


class AftercareAnswer(Fact):
    """What somebody answered. Answered anew is a new row; the one before gets `retired_at`."""

    ask = models.ForeignKey(AftercareAsk, on_delete=models.PROTECT, related_name="answers")
    answers = PrivateJSON()
    way = models.CharField(max_length=10, help_text="Where it was answered: page, link or phone")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ask"], condition=models.Q(retired_at__isnull=True), name="one_answer_stands"
            )
        ]


class AftercareCall(Fact):
    """A person is to call somebody. It is over when its newest outcome says so; `ended_at` is written then."""

    plan = models.ForeignKey(AftercarePlan, on_delete=models.PROTECT, related_name="calls")
    because = PrivateJSON(help_text="Why, as sentences for whoever calls")
    due_date = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(ended_at__isnull=True), name="one_call_waits"
            )
        ]
        indexes = [models.Index(fields=["organization", "ended_at"], name="aftercare_calls_open")]


class AftercareCallHandover(Fact):
    """Who calls from this moment on; the newest row counts. By when is the call's own day."""

    call = models.ForeignKey(AftercareCall, on_delete=models.PROTECT, related_name="handovers")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")


class AftercareCallOutcome(Fact):
    """What came of one try at a call."""

    call = models.ForeignKey(AftercareCall, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=20)
    words = Narrative(blank=True)


class AftercareLink(Fact):
    """A link with which somebody answers without signing in. Only the token's digest is kept."""

    ask = models.ForeignKey(AftercareAsk, on_delete=models.PROTECT, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()


class WayBack(Fact):
    """Somebody who left asked to come back: the new referral, and the first session with a free seat that day.

    `seen_at`: when somebody on the staff took it in hand.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="ways_back")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="way_back")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, blank=True, related_name="ways_back"
    )
    due_at = models.DateTimeField(help_text="By when a seat is to be settled")

    class Meta:
        indexes = [models.Index(fields=["organization", "patient"], name="ways_back_of_patient")]
