"""What a case manager arranges for a person: tasks with their steps, and referrals out until the answer is back."""

from django.db import models

from throughcare.records.consents import Recipient
from throughcare.records.disclosures import Disclosure
from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.people import Account, Patient


class Task(Fact):
    """Something to arrange for a person. Whose it is and by when are rows of their own; it ends by an outcome."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=20)
    title = PrivateText(max_length=200)
    words = Narrative(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "patient"], name="task_of_patient")]


class TaskHandover(Fact):
    """Whose a task is from this moment on and by when; the newest row counts."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="handovers")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["task", "recorded_at"], name="handover_of_task")]


class TaskStep(Fact):
    """One step on the way. `done_at` is written once."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps")
    text = Narrative()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class TaskOutcome(Fact):
    """How a task ended. What comes up again is a new task."""

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="outcome")
    outcome = models.CharField(max_length=20)
    words = Narrative(blank=True)


class ReferralOut(Fact):
    """A person is referred to somebody else. `asks` is what for; it leaves through the disclosure book."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="referrals_out")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    asks = Narrative()
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "patient"], name="referral_out_of_patient"),
            models.Index(
                fields=["organization"],
                condition=models.Q(ended_at__isnull=True),
                name="referral_out_still_open",
            ),
        ]


class ReferralOutPaper(Fact):
    """What was prepared of a referral out; it is sent once the disclosure book says so."""

    referral = models.ForeignKey(ReferralOut, on_delete=models.PROTECT, related_name="papers")
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="+")


class ReferralOutStep(Fact):
    """One thing that became known after sending: received, an appointment, attended or not, the answer back."""

    referral = models.ForeignKey(ReferralOut, on_delete=models.PROTECT, related_name="known")
    step = models.CharField(max_length=20)
    # The day on which it happened; of an appointment, the day it is on.
    on_date = models.DateField()
    words = Narrative(blank=True)

    class Meta:
        indexes = [models.Index(fields=["referral", "recorded_at"], name="step_of_referral_out")]
