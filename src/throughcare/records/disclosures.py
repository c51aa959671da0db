"""The disclosure book: everything that left the house about a person, to whom, why, and what was allowed it."""

from django.db import models

from throughcare.records.consents import Consent, Recipient
from throughcare.records.emergencies import EmergencyAccess
from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.legal_requests import LegalRequest
from throughcare.records.people import Account, Patient, RelatedPerson


class Disclosure(Fact):
    """One telling. It stands from when it was prepared; `sent_at` or `withheld_at` says how it ended."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="disclosures")
    basis = models.CharField(
        max_length=30, help_text="consent, emergency, legal order, the patient's own request"
    )
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    emergency = models.ForeignKey(
        EmergencyAccess, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    legal_request = models.ForeignKey(
        LegalRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    related_person = models.ForeignKey(
        RelatedPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    recipient_class = models.CharField(max_length=40)
    recipient_name = PrivateText(max_length=200)
    recipient_affiliation = PrivateText(max_length=200, blank=True)
    purpose = models.CharField(max_length=30)
    facts = PrivateJSON(
        default=dict, help_text="What a way without consent must have on record: code and answer"
    )
    method = models.CharField(max_length=20, help_text="page, print, pdf, letter, fax, export, spoken")
    kinds = models.JSONField(default=list)
    items = Narrative(blank=True, help_text="What was told, item by item, as JSON")
    statement = models.CharField(
        max_length=40, blank=True, help_text="The statement of 42 CFR 2.32 that went along"
    )
    document = Narrative(blank=True, help_text="The words that left, where they left as a document")
    digest = models.CharField(max_length=64, blank=True)
    prepared_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withheld_at = models.DateTimeField(null=True, blank=True)
    withheld_because = PrivateText(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(withheld_at__isnull=True),
                name="a_telling_left_or_was_withheld",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "patient", "prepared_at"], name="disclosure_of_patient"),
            models.Index(fields=["organization", "sent_at", "withheld_at"], name="disclosure_waiting"),
        ]
