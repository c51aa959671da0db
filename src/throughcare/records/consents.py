"""Consents: what a patient allows to be told to whom, why and until when; and what they took back."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.people import Account, Patient, RelatedPerson


class Recipient(Fact):
    """Someone outside the program who may be told something: a physician, a payer, a court, an employer."""

    kind = models.CharField(
        max_length=40, help_text="Class of recipient: see knowledge/privacy/recipients.py"
    )
    name = PrivateText(max_length=200)
    affiliation = PrivateText(max_length=200, blank=True)
    contact = PrivateText(max_length=300, blank=True, help_text="Where letters, faxes or calls reach them")
    ended_at = models.DateTimeField(null=True, blank=True)


class Consent(Fact):
    """One written consent with the elements of 42 CFR 2.31. It counts from `given_at`, once nothing is missing."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consents")
    form = models.CharField(max_length=30)
    discloser = models.CharField(max_length=200)
    kinds = models.JSONField(default=list, help_text="Kinds of record that may be told")
    purposes = models.JSONField(default=list)
    recipient_classes = models.JSONField(default=list)
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    related_person = models.ForeignKey(
        RelatedPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    participants = Narrative(blank=True, help_text="Of an intermediary's network")
    records_from = models.DateField(null=True, blank=True, help_text="Only records from this day on")
    records_until = models.DateField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    ends_when = PrivateText(max_length=200, blank=True)
    never_ends = models.BooleanField(default=False)
    irrevocable = models.BooleanField(default=False, help_text="Until the event; 42 CFR 2.35 only")
    told_how_to_revoke = models.BooleanField(default=False)
    told_redisclosure = models.BooleanField(default=False)
    told_refusal = models.BooleanField(default=False)
    signers = models.JSONField(default=list)
    language = models.CharField(max_length=20)
    wording_version = models.CharField(max_length=20)
    text = Narrative(help_text="The exact words that are shown and signed")
    digest = models.CharField(max_length=64)
    understood = models.JSONField(default=dict, help_text="What was asked to check, and what was answered")
    given_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="A draft that was never signed")

    class Meta:
        indexes = [models.Index(fields=["organization", "patient", "given_at"], name="consent_of_patient")]


class ConsentSignature(Fact):
    """A name put to a consent: by the patient, or by who must sign beside them."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=20, help_text="patient or guardian")
    means = models.CharField(max_length=10, help_text="drawn, typed or paper")
    signed_name = PrivateText(max_length=200)
    drawn = Narrative(blank=True, help_text="The strokes, as an SVG path")
    proof = models.CharField(max_length=20, help_text="reauthenticated or witnessed")
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
    purposes = models.JSONField(default=list)
    recipient_classes = models.JSONField(default=list)
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, null=True, blank=True, related_name="restrictions"
    )
    related_person = models.ForeignKey(
        RelatedPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="restrictions"
    )
    text = Narrative(blank=True)
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class WaysShut(Fact):
    """By which ways a person asked not to be reached: home may not be safe. Several rows that stand count together."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="ways_shut")
    ways = models.JSONField(default=list, help_text="see knowledge/privacy/safe_ways.py")
    text = Narrative(blank=True)
    asked_by = models.CharField(max_length=10, help_text="patient or staff")
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
    counts_from = models.DateTimeField(
        null=True, blank=True, help_text="After the patient's notice; empty: at once"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["related_person", "account"], name="one_account_per_relation")
        ]
