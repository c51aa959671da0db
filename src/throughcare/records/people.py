"""People: accounts that sign in, practitioners who treat, patients, and those related to them."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from throughcare.keys import blind
from throughcare.records.fact import Fact, Narrative, PrivateJSON, PrivateText
from throughcare.records.organizations import Organization, Site


def mark_of_email(address: str | None) -> str:
    """The fingerprint under which an account is found, the way people write their address: capitals don't matter."""
    return blind((address or "").strip().lower(), place="account e-mail")


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by the fingerprint of their address, which is sealed."""

    def with_email(self, address: str | None) -> "models.QuerySet[Account]":
        """The account with this e-mail address, if there is one."""
        return self.filter(email_mark=mark_of_email(address))

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account with this e-mail address."""
        return self.get(email_mark=mark_of_email(username))


class Account(AbstractBaseUser):
    """Someone who signs in."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="accounts")
    email = PrivateText(max_length=254)
    email_mark = models.CharField(max_length=32, unique=True, help_text="Keyed; by it the account is found")
    name = PrivateText(max_length=200)
    language = models.CharField(
        max_length=8, blank=True, help_text="In which pages are read; empty: as the browser asks"
    )
    created_at = models.DateTimeField()
    suspended_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email_mark"
    EMAIL_FIELD = "email"
    objects = Accounts()

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django reads the attribute; ours follows from a moment
        """Whether the account may sign in."""
        return self.suspended_at is None

    def __str__(self) -> str:
        return f"Account {self.uid}"


class RoleGrant(Fact):
    """A role that an account holds, everywhere or at one site, until it ends."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=30)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "site"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=None,
                name="a_role_is_held_once",
            )
        ]


class Practitioner(Fact):
    """Someone who treats: credential, languages, supervisor."""

    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="practitioner"
    )
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    credential = models.CharField(max_length=20)
    licence_number = models.CharField(max_length=40, blank=True)
    gender = models.CharField(max_length=20, blank=True)
    languages = models.JSONField(default=list)
    supervisor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="practitioners")
    left_at = models.DateTimeField(null=True, blank=True)


class Patient(Fact):
    """A person who asked for help. Details are as last known; `PatientRevision` keeps what they were."""

    number = models.PositiveIntegerField()
    given_name = PrivateText(max_length=100)
    family_name = PrivateText(max_length=100)
    preferred_name = PrivateText(max_length=100, blank=True)
    pronouns = PrivateText(max_length=40, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    gender = PrivateText(max_length=40, blank=True)
    language = PrivateText(max_length=20, blank=True)
    phone = PrivateText(max_length=40, blank=True)
    email = PrivateText(max_length=254, blank=True)
    address = PrivateText(max_length=300, blank=True)
    no_fixed_address = models.BooleanField(default=False)
    contact_wishes = PrivateJSON(default=dict)
    absorbed_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="one_patient_per_number")
        ]
        indexes = [
            models.Index(fields=["organization", "birth_date"], name="patient_by_birth_date"),
        ]

    @property
    def called(self) -> str:
        """The name they go by, with the family name."""
        return f"{self.preferred_name or self.given_name} {self.family_name}".strip()


class PatientSearchKey(models.Model):
    """A blind fingerprint under which a patient is found; `former` when it comes of a name they no longer bear.

    Not a fact: rows are made anew from the patient's details and revisions whenever these change.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="search_keys")
    key = models.BigIntegerField()
    former = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["key", "patient", "former"], name="patient_by_key")]


class PatientRevision(Fact):
    """What a patient's details were before a change."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="revisions")
    details = PrivateJSON()


class PatientMerge(Fact):
    """A person decided that two entries are one human being. `moved` lists the rows that changed hands."""

    kept = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="merged_into")
    moved = PrivateJSON()
    undone_at = models.DateTimeField(null=True, blank=True)


class NotTheSamePerson(Fact):
    """A person decided that two look-alikes are two people."""

    one = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="told_apart_once")]


class RelatedPerson(Fact):
    """Someone in a patient's life: family, friend, sponsor, child, emergency contact."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="related_people")
    name = PrivateText(max_length=200)
    relationship = PrivateText(max_length=40)
    phone = PrivateText(max_length=40, blank=True)
    lives_with = models.BooleanField(default=False)
    emergency_contact = models.BooleanField(default=False)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    note = Narrative(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
