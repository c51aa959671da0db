"""Referrals: how a person came, who calls them back, and how it went."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateBytes, PrivateJSON, PrivateText
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Patient


class Referral(Fact):
    """One request for help, from the person, someone near them, or another provider."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="referrals")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="referrals")
    source = models.CharField(max_length=20)
    asked_for_by = models.CharField(max_length=30, default="self")
    referrer_name = PrivateText(max_length=200, blank=True)
    referrer_organization = PrivateText(max_length=200, blank=True)
    referrer_phone = PrivateText(max_length=40, blank=True)
    concerns = PrivateJSON(default=list)
    reason = Narrative(blank=True)
    best_times = PrivateText(max_length=200, blank=True)
    received_at = models.DateTimeField()
    external_id = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "external_id"],
                condition=~models.Q(external_id=""),
                name="an_imported_referral_arrives_once",
            )
        ]
        indexes = [models.Index(fields=["organization", "received_at"], name="referral_by_arrival")]


class ReferralDocument(Fact):
    """What came with a referral, byte for byte."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="documents")
    title = PrivateText(max_length=200)
    media_type = models.CharField(max_length=80)
    content = PrivateBytes()
    digest = models.CharField(max_length=64)


class ReferralAssignment(Fact):
    """Who owns a referral's next step; the newest row counts."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="assignments")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")


class ReferralContact(Fact):
    """One attempt to reach the person, and what came of it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="contacts")
    contacted_at = models.DateTimeField()
    mode = models.CharField(max_length=20)
    outcome = models.CharField(max_length=30)
    note = Narrative(blank=True)


class ReferralClosure(Fact):
    """The referral ended without an admission; `reopened_at` takes that back."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="closures")
    reason = models.CharField(max_length=40)
    text = Narrative(blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(reopened_at__isnull=True),
                name="a_referral_is_closed_once",
            )
        ]
