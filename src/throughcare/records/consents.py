"""Consents: what a patient allows to be told to whom, why and until when; and what they took back."""

from django.db import models

from throughcare.records.fact import Fact, Narrative
from throughcare.records.people import Account, Patient, RelatedPerson


class Consent(Fact):
    """One written consent with the elements of 42 CFR 2.31. It counts from `given_at`, once nothing is missing."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    form = models.CharField(
        max_length=30, help_text="tpo, specific, counseling_notes, proceedings, family, justice"
    )
    discloser = models.CharField(max_length=200)
    kinds = models.JSONField(default=list, help_text="Kinds of record that may be told")
    recipient_class = models.CharField(max_length=40, help_text="treating provider, payer, court, family …")
    recipient_name = Narrative(blank=True)
    recipient_contact = Narrative(blank=True)
    related_person = models.ForeignKey(
        RelatedPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    purposes = models.JSONField(default=list)
    purpose_text = Narrative(blank=True)
    records_from = models.DateField(null=True, blank=True, help_text="Only records from this day on")
    records_until = models.DateField(null=True, blank=True)
    expires_date = models.DateField(null=True, blank=True)
    expires_event = Narrative(blank=True)
    irrevocable_until_event = models.BooleanField(default=False, help_text="42 CFR 2.35 only")
    language = models.CharField(max_length=20)
    wording_version = models.CharField(max_length=20)
    text = Narrative(help_text="The exact words that were shown and signed")
    digest = models.CharField(max_length=64)
    understood = models.JSONField(
        default=dict, help_text="The questions asked to check, and what was answered"
    )
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "patient", "given_at"], name="consent_of_patient")]


class ConsentSignature(Fact):
    """A name put to a consent: by the patient, or by who must sign beside them."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=20, help_text="patient or guardian")
    signed_name = Narrative()
    drawn = Narrative(blank=True, help_text="The strokes, as an SVG path")
    proven_by = models.CharField(max_length=30, help_text="signed in again, or a member of staff who saw it")
    witness = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "party"], name="a_party_signs_a_consent_once")
        ]


class ConsentRevocation(Fact):
    """The patient took a consent back: it counts from this moment, and for what comes after it."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="revocation")
    how = models.CharField(max_length=20, help_text="on the page, by word of mouth, in writing")
    words = Narrative(blank=True)
    revoked_at = models.DateTimeField()


class ConsentEvent(Fact):
    """The event came that a consent was to last until."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="event")
    came_at = models.DateTimeField()


class Restriction(Fact):
    """The patient asked that some of their record not be told to someone, and the program agreed (42 CFR 2.26)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="restrictions")
    kinds = models.JSONField(default=list)
    recipient_class = models.CharField(max_length=40, blank=True)
    recipient_name = Narrative(blank=True)
    text = Narrative(blank=True)
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class Guard(Fact):
    """A record that only those who treat the person may open: a colleague's, or one marked for extra privacy."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="guards")
    why = models.CharField(max_length=30, help_text="colleague or extra privacy")
    text = Narrative(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=models.Q(ended_at__isnull=True), name="one_guard_at_a_time"
            )
        ]


class PatientAccount(Fact):
    """The account with which a patient (or someone who left) signs in to what is theirs."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="accounts")
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="own_record")
    ended_at = models.DateTimeField(null=True, blank=True)


class FamilyAccount(Fact):
    """The account with which a related person signs in to what the patient lets them see."""

    related_person = models.ForeignKey(RelatedPerson, on_delete=models.PROTECT, related_name="accounts")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="relations")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["related_person", "account"], name="one_account_per_relation")
        ]
