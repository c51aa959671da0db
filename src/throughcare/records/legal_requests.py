"""Requests with the law behind them, and calls that ask about someone."""

from django.db import models

from throughcare.records.fact import Fact, Narrative
from throughcare.records.people import Account, Patient


class LegalRequest(Fact):
    """A subpoena, an order, a warrant or a letter that asks for records."""

    kind = models.CharField(max_length=40)
    from_whom = Narrative()
    about_whom = Narrative(help_text="The name as the request gives it")
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="legal_requests"
    )
    asks_for = Narrative()
    kinds = models.JSONField(default=list, help_text="Kinds of record that it names")
    records_from = models.DateField(null=True, blank=True)
    records_until = models.DateField(null=True, blank=True)
    received_at = models.DateTimeField()
    answer_due_date = models.DateField(null=True, blank=True)


class LegalDocument(Fact):
    """A paper that came with a request and that someone held in their hands."""

    request = models.ForeignKey(LegalRequest, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    described = Narrative()
    dated = models.DateField(null=True, blank=True)


class LegalDecision(Fact):
    """One person's yes or no to a request; records leave only with two yeses by two people."""

    request = models.ForeignKey(LegalRequest, on_delete=models.PROTECT, related_name="decisions")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, help_text="release or refuse")
    because = Narrative()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "account"], name="one_decision_per_person")]


class InquiryCall(Fact):
    """Somebody asked whether someone is a patient. What they said is kept; they were told neither yes nor no."""

    asked_by = Narrative(blank=True)
    says_they_are = models.CharField(max_length=40)
    about_whom = Narrative(blank=True)
    asked_for = Narrative(blank=True)
    how = models.CharField(max_length=20)
    script = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
