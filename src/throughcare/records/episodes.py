"""Episodes of care: stays at levels, the care team, diagnoses, agreements."""

from django.db import models

from throughcare.records.fact import Fact, Narrative, PrivateText
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, Practitioner, RelatedPerson
from throughcare.records.placements import PlacementDecision
from throughcare.records.referrals import Referral


class Episode(Fact):
    """One time through the program, from admission to discharge."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="episodes")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="episodes")
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="episodes"
    )
    track = models.CharField(max_length=20, blank=True)
    admitted_at = models.DateTimeField()
    # Written once, with the Discharge row: the patient page and the census ask for it on every line.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_episode_per_patient",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("admitted_at")),
                name="an_episode_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "ended_at", "site"], name="episode_open"),
            models.Index(fields=["organization", "admitted_at"], name="episode_by_admission"),
        ]


class Stay(Fact):
    """The part of an episode that was spent at one level of care."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="stays")
    level = models.CharField(max_length=40)
    edition = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    reason = models.CharField(max_length=40)
    text = Narrative(blank=True)
    placement = models.ForeignKey(
        PlacementDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="stays"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=40, blank=True)
    next_place = PrivateText(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"],
                condition=models.Q(ended_at__isnull=True),
                name="one_level_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["organization", "ended_at"], name="stay_open")]


class CareTeamMember(Fact):
    """A practitioner's part in an episode."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="care_team")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="caseload")
    part = models.CharField(max_length=30)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "practitioner", "part"],
                condition=models.Q(ended_at__isnull=True),
                name="one_part_at_a_time",
            )
        ]


class Diagnosis(Fact):
    """An ICD-10-CM diagnosis of an episode; rank 1 is the principal one."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="diagnoses")
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    rank = models.PositiveSmallIntegerField()
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "code"],
                condition=models.Q(ended_at__isnull=True),
                name="a_diagnosis_stands_once",
            )
        ]


class Agreement(Fact):
    """A document that the patient signed on screen; the digest is of the exact words shown."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=40)
    wording_version = models.CharField(max_length=20)
    text = Narrative()
    digest = models.CharField(max_length=64)
    signed_name = PrivateText(max_length=200)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "kind", "wording_version"], name="an_agreement_is_signed_once"
            )
        ]


class GuardianSignature(Fact):
    """A parent or guardian signed an agreement beside a minor. What they are to the minor stands as it was then."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="guardian_signature")
    related_person = models.ForeignKey(RelatedPerson, on_delete=models.PROTECT, related_name="+")
    relationship = PrivateText(max_length=40)
    signed_name = PrivateText(max_length=200)
    signed_at = models.DateTimeField()


class ContactAttempt(Fact):
    """One attempt to reach a person who is in the program, and what came of it."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="contact_attempts")
    attempted_at = models.DateTimeField()
    mode = models.CharField(max_length=20)
    outcome = models.CharField(max_length=30)
    note = Narrative(blank=True)
