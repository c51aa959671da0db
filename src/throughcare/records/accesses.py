"""The book of who opened what: one row per page, with the people it showed, each row chained to the one before."""

import uuid

from django.db import models

from throughcare.records.organizations import Organization
from throughcare.records.people import Account, Patient


class Access(models.Model):
    """Someone asked for data about people, and what the privacy desk answered. Never changed, never removed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField(help_text="Its place in the organization's chain, from 1")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=10)
    kinds = models.JSONField(default=list, help_text="Kinds of record, sorted")
    purpose = models.CharField(max_length=30)
    relationship = models.CharField(max_length=30, blank=True)
    allowed = models.BooleanField()
    consent = models.UUIDField(null=True, blank=True, help_text="The consent it stood on")
    unlisted = models.PositiveIntegerField(
        default=0, help_text="How many people it touched beside those listed"
    )
    surface = models.CharField(max_length=20)
    route = models.CharField(max_length=80, blank=True)
    accessed_at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="Keyed; covers this row and the digest before it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "sequence"], name="one_access_per_place_in_chain")
        ]
        indexes = [
            models.Index(fields=["organization", "account", "accessed_at"], name="access_by_account"),
            models.Index(fields=["organization", "accessed_at"], name="access_by_moment"),
        ]


class AccessedPatient(models.Model):
    """A person whom an access showed."""

    access = models.ForeignKey(Access, on_delete=models.PROTECT, related_name="shown")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "access"], name="shown_once_per_access")]


class ChainCheck(models.Model):
    """What verifying an organization's chain found: how far it went, and where it first broke."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    through_sequence = models.PositiveBigIntegerField()
    digest = models.CharField(
        max_length=64, help_text="Of the last row seen: a later check must meet it again"
    )
    broken_at = models.PositiveBigIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField()


class AccessWatch(models.Model):
    """How far an organization's book has been watched for anomalies: the next look begins behind this row."""

    organization = models.OneToOneField(Organization, on_delete=models.PROTECT, related_name="+")
    through_sequence = models.PositiveBigIntegerField()
    watched_at = models.DateTimeField()


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
