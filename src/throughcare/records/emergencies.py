"""Emergencies: a record opened behind broken glass, what was told to whom, who was warned, and the review."""

from django.db import models

from throughcare.records.fact import Fact, Narrative
from throughcare.records.people import Account, Patient


class EmergencyAccess(Fact):
    """Someone broke the glass before one record, for a reason and for a few hours."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="emergency_accesses")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=30)
    nature = Narrative()
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_due_date = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["organization", "patient", "account", "ends_at"], name="emergency_open")
        ]


class EmergencyReview(Fact):
    """The privacy officer looked at what was done behind broken glass."""

    emergency = models.OneToOneField(EmergencyAccess, on_delete=models.PROTECT, related_name="review")
    finding = models.CharField(max_length=30)
    text = Narrative(blank=True)
    reviewed_at = models.DateTimeField()


class PrivacyNotice(Fact):
    """Something that the privacy officer must hear of at once; a person reads it."""

    kind = models.CharField(max_length=30)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    account = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom it is about",
    )
    emergency = models.ForeignKey(
        EmergencyAccess, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    text = Narrative()
    told_at = models.DateTimeField(null=True, blank=True, help_text="When mail about it left")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolution = Narrative(blank=True)
    mark = models.CharField(max_length=64, blank=True, help_text="Keeps the same thing from being told twice")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "mark"], condition=~models.Q(mark=""), name="told_once"
            )
        ]
        indexes = [
            models.Index(fields=["organization", "read_at"], name="notice_unread"),
            models.Index(fields=["told_at"], name="notice_to_tell"),
        ]
