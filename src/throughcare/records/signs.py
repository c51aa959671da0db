"""Warning signs that were raised, what people did about them, events in people's lives, and who is due for a look."""

from django.db import models

from throughcare.records.episodes import ContactAttempt, Episode
from throughcare.records.fact import Fact, Narrative
from throughcare.records.people import Patient


class LifeEvent(Fact):
    """Something that happened in a person's life, or a hard day that comes back every year."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="life_events")
    kind = models.CharField(max_length=20)
    on_date = models.DateField(null=True, blank=True)
    words = Narrative(blank=True)
    # Recorded by mistake.
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "patient", "recorded_at"], name="life_event_of_patient")
        ]


class WarningSign(Fact):
    """One warning sign as it was raised. When more is seen, a new row `continues` the old one.

    `ended_how` is acted, dismissed, withdrawn (by new facts), continued or discharged (the episode ended).
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="warning_signs")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="warning_signs")
    # Shared by a sign and the rows that continue it: what pages and acts name.
    thread = models.UUIDField()
    code = models.CharField(max_length=30)
    topic = models.CharField(max_length=80, blank=True)
    risk = models.CharField(max_length=10)
    owner_role = models.CharField(max_length=20)
    because = Narrative()
    since = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="The newest fact that it rests on")
    first_step_by = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    lapses_at = models.DateTimeField(null=True, blank=True)
    continues = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=12, blank=True)
    ended_because = Narrative(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "code", "topic"],
                condition=models.Q(ended_at__isnull=True),
                name="a_sign_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_how="") | models.Q(ended_at__isnull=False),
                name="a_sign_ends_in_some_way",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "due_at"],
                condition=models.Q(ended_at__isnull=True),
                name="sign_standing",
            ),
            models.Index(fields=["organization", "patient", "recorded_at"], name="sign_of_patient"),
            models.Index(fields=["organization", "recorded_at"], name="sign_by_month"),
            models.Index(fields=["organization", "thread", "recorded_at"], name="sign_thread"),
        ]


class SignAct(Fact):
    """What somebody did about a sign: called, messaged, booked, reviewed or dismissed. `ends`: it closed the sign."""

    sign = models.ForeignKey(WarningSign, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=12)
    outcome = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=30, blank=True)
    words = Narrative(blank=True)
    attempt = models.ForeignKey(
        ContactAttempt, on_delete=models.PROTECT, null=True, blank=True, related_name="sign_acts"
    )
    ends = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sign"], condition=models.Q(ends=True), name="a_sign_is_closed_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(act="dismissed") | ~models.Q(reason=""), name="dismissed_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["organization", "recorded_at"], name="sign_act_by_month")]


class Nudge(models.Model):
    """A person's record was changed: they are looked at soon, and the row goes. No change waits for another."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("records.Organization", on_delete=models.PROTECT, related_name="+")
    nudged_at = models.DateTimeField()


class NextLook(models.Model):
    """When a person in care was looked at, and when time alone makes another look due."""

    patient = models.OneToOneField(
        Patient, on_delete=models.PROTECT, primary_key=True, related_name="next_look"
    )
    organization = models.ForeignKey("records.Organization", on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField()
    next_look_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organization", "next_look_at"], name="next_look")]
