"""Signing in: where people are signed in, the links that let them in, and the forms kept while the door was shut."""

from django.db import models

from throughcare.records.fact import Fact
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Patient


class SignIn(Fact):
    """A browser in which an account is signed in, until it ends. The key is a fingerprint of the session's."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sign_ins")
    session_mark = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    how = models.CharField(max_length=40)
    last_used_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "account", "ended_at"], name="sign_in_by_account")]


class SignInLink(models.Model):
    """A link that sets a password once. Only the fingerprint of its token stays; the token is sealed until it is sent.

    A link asked for by an address that nobody uses has no account: asking takes the same time for everyone.
    """

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="links"
    )
    kind = models.CharField(max_length=20)
    token_mark = models.CharField(max_length=64, unique=True)
    browser_mark = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "made_at"], name="link_by_account")]


class DoorMail(models.Model):
    """A message about signing in that waits for the worker; `words` are sealed and emptied when sent."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "made_at"], name="mail_to_send")]


class HeldForm(Fact):
    """What someone was writing when the door locked: sealed, for them alone, kept a day."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="held_forms")
    path = models.CharField(max_length=300)
    fields = models.TextField()
    why = models.CharField(max_length=20)
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organization", "account", "ends_at"], name="held_by_account")]


class FactorRecovery(Fact):
    """An administrator says that someone lost their second factor; it is taken off when a second person agrees."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="factor_recoveries")
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(agreed_at__isnull=True, stopped_at__isnull=True),
                name="one_recovery_open",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("recorded_by")),
                name="a_second_person_decides",
            ),
        ]


class Kiosk(Fact):
    """A browser at a site that only asks for codes, until it is ended."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    browser_mark = models.CharField(max_length=64, unique=True)
    ended_at = models.DateTimeField(null=True, blank=True)


class KioskCode(Fact):
    """Six digits that open one page at a kiosk, once, within minutes. Only their fingerprint is kept."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    code_mark = models.CharField(max_length=64)
    leads_to = models.TextField(help_text="The sealed address that the code opens")
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "code_mark"], name="kiosk_code")]
