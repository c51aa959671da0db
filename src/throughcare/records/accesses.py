"""The book of who opened what: one row per page, with the people it showed."""

import uuid

from django.db import models

from throughcare.records.organizations import Organization
from throughcare.records.people import Account, Patient


class Access(models.Model):
    """Someone asked for data about people, and what the privacy desk answered."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    patients = models.JSONField(default=list, help_text="Keys of the people on a list")
    kind = models.CharField(max_length=30)
    verb = models.CharField(max_length=10)
    purpose = models.CharField(max_length=30)
    allowed = models.BooleanField()
    accessed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["organization", "patient", "accessed_at"], name="access_of_patient"),
            models.Index(fields=["organization", "account", "accessed_at"], name="access_by_account"),
        ]


class Submission(models.Model):
    """A form that was sent. The key makes a second click land where the first one did."""

    key = models.UUIDField(unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    location = models.CharField(max_length=300, blank=True)
    submitted_at = models.DateTimeField()


class WorkerBeat(models.Model):
    """When each piece of due work last ran: how the installation's health is told."""

    work = models.CharField(max_length=60, unique=True)
    ran_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
